//! Made-up messages of one topic.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::signal::Signal;
use crate::formats::avro::Schema;
use crate::formats::avro::plan::Shape;
use crate::formats::sal::SalError;
use crate::formats::sal::layout::revcode;
use crate::formats::sal::text::{Stamp, TimeScale, Writer};

/// How many values an array has whose schema does not tell.
const UNTOLD: usize = 4;

/// Makes up messages of one topic. The values depend on the seed alone.
#[derive(Debug, Clone)]
pub struct Mock {
    writer: Writer,
    signals: Vec<Vec<Signal>>,
    rng: Rng,
    revcode: String,
    sequence: i64,
    index: Option<i64>,
}

impl Mock {
    /// A mock of the topic of `schema`; `index` where its component is indexed.
    pub fn new(
        schema: &Schema,
        seed: u64,
        index: Option<i64>,
        time: TimeScale,
    ) -> Result<Mock, SalError> {
        let writer = Writer::compile(schema, time)?;
        let mut rng = Rng::with_seed(seed);
        let units = units(schema.json());
        let signals = writer.fields().iter().map(|field| {
            let count = match &field.shape {
                Shape::One(_) => 1,
                Shape::Many { count, .. } => count.unwrap_or(UNTOLD),
            };
            let units = units.get(&field.name).and_then(Value::as_str).unwrap_or_default();
            (0..count).map(|_| Signal::new(&field.name, units, &mut rng)).collect()
        });
        let signals = signals.collect();
        let revcode = revcode(schema.json());
        Ok(Mock { writer, signals, rng, revcode, sequence: 0, index })
    }

    /// The writer of its messages.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The next message, sent at `now_ms` (UTC milliseconds since 1970).
    pub fn text(&mut self, now_ms: i64) -> Result<String, SalError> {
        let values = self.values(now_ms);
        self.sequence += 1;
        let stamp = Stamp {
            revcode: self.revcode.clone(),
            sent_ms: now_ms,
            received_ms: now_ms,
            sequence: self.sequence,
            origin: 1,
            host: 1,
            index: self.index,
        };
        self.writer.write(&stamp, &values)
    }

    fn values(&mut self, now_ms: i64) -> Map<String, Value> {
        let mut values = Map::new();
        for (field, signals) in self.writer.fields().iter().zip(&mut self.signals) {
            let value = match &field.shape {
                Shape::One(_) if field.name == "timestamp" => (now_ms as f64 / 1_000.0).into(),
                Shape::One(kind) => {
                    signals.first_mut().map_or(Value::Null, |one| one.next(kind, &mut self.rng))
                }
                Shape::Many { items, .. } => {
                    signals.iter_mut().map(|one| one.next(items, &mut self.rng)).collect()
                }
            };
            values.insert(field.name.clone(), value);
        }
        values
    }
}

/// The units of each field, in either layout.
fn units(schema: &Value) -> Map<String, Value> {
    let fields = schema.get("fields").and_then(Value::as_array).into_iter().flatten();
    let named = fields.filter_map(|field| {
        let units = field.get("sal_units").or_else(|| field.get("units"))?;
        Some((field.get("name")?.as_str()?.to_owned(), units.clone()))
    });
    named.collect()
}
