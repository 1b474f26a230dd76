//! Made-up messages of one topic.

use apache_avro::types::Value;
use fastrand::Rng;
use serde_json::{Map, Value as Json};

use super::any::any;
use super::signal::Signal;
use crate::formats::avro::Schema;
use crate::formats::avro::plan::{Field, Scalar, Shape};
use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::IdlType;
use crate::formats::sal::layout::revcode;
use crate::formats::sal::text::{Stamp, TimeScale, Writer};

/// How messages are made up.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the chance starts: the values depend on it alone.
    pub seed: u64,
    /// Which component sends, where several run.
    pub index: Option<i64>,
    /// The scale of the timestamps; `None`: as the layout has it.
    pub time: Option<TimeScale>,
    /// Whether values are any that the field can hold, rather than such as a component sends.
    pub any: bool,
    /// The types of the items in the interfaces, as far as they are known.
    pub types: Vec<IdlType>,
}

/// Makes up messages of one topic.
#[derive(Debug, Clone)]
pub struct Mock {
    writer: Writer,
    made: Made,
    rng: Rng,
    revcode: String,
    sequence: i64,
    index: Option<i64>,
}

#[derive(Debug, Clone)]
enum Made {
    /// One signal a value.
    Signals(Vec<Vec<Signal>>),
    /// Any value, within the types of the interfaces.
    Any(Vec<IdlType>),
}

impl Mock {
    /// A mock of the topic of `schema`.
    pub fn new(schema: &Schema, options: Options) -> Result<Mock, SalError> {
        let writer = Writer::compile(schema, options.time)?;
        let mut rng = Rng::with_seed(options.seed);
        let made = if options.any {
            Made::Any(options.types)
        } else {
            Made::Signals(signals(&writer, &units(schema.json()), &mut rng))
        };
        let revcode = revcode(&schema.json().to_string());
        Ok(Mock { writer, made, rng, revcode, sequence: 0, index: options.index })
    }

    /// The writer of its messages.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The next message, sent at `now_ms` (UTC milliseconds since 1970); the fields in `given` have
    /// these values instead of made-up ones.
    pub fn text(&mut self, now_ms: i64, given: &[(String, Value)]) -> Result<String, SalError> {
        let values = self.values(now_ms);
        self.sequence += 1;
        let stamp = Stamp {
            revcode: self.revcode.clone(),
            sequence: self.sequence,
            index: self.index,
            ..Stamp::at(now_ms)
        };
        if given.is_empty() {
            return self.writer.write_items(&stamp, values.iter().map(Some));
        }
        let names = self.writer.fields().iter().map(|field| field.name.clone());
        let mut all: Vec<(String, Value)> = names.zip(values).collect();
        // The last value of a name is the one that is written.
        all.extend_from_slice(given);
        self.writer.write(&stamp, &all)
    }

    /// The next value of each field of the writer, at `now_ms`.
    pub fn values(&mut self, now_ms: i64) -> Vec<Value> {
        let fields = self.writer.fields();
        let signals = match &mut self.made {
            Made::Any(types) => return any(fields, types, &mut self.rng),
            Made::Signals(signals) => signals,
        };
        let rng = &mut self.rng;
        let value =
            |(field, signals): (&Field, &mut Vec<Signal>)| value(field, signals, now_ms, rng);
        fields.iter().zip(signals).map(value).collect()
    }
}

fn value(field: &Field, signals: &mut [Signal], now_ms: i64, rng: &mut Rng) -> Value {
    match &field.shape {
        Shape::One(Scalar::Double) if field.name == "timestamp" => {
            Value::Double(now_ms as f64 / 1_000.0)
        }
        Shape::One(Scalar::Long) if field.name == "timestamp" => Value::Long(now_ms),
        Shape::One(kind) => signals.first_mut().map_or(Value::Null, |one| one.next(kind, rng)),
        Shape::Many { items, .. } => {
            Value::Array(signals.iter_mut().map(|one| one.next(items, rng)).collect())
        }
    }
}

fn signals(writer: &Writer, units: &Map<String, Json>, rng: &mut Rng) -> Vec<Vec<Signal>> {
    let fields = writer.fields().iter().map(|field| {
        let count = match &field.shape {
            Shape::One(_) => 1,
            Shape::Many { count, .. } => count.unwrap_or(1),
        };
        let units = units.get(&field.name).and_then(Json::as_str).unwrap_or_default();
        (0..count).map(|_| Signal::new(&field.name, units, rng)).collect()
    });
    fields.collect()
}

/// The units of each field, in either layout.
fn units(schema: &Json) -> Map<String, Json> {
    let fields = schema.get("fields").and_then(Json::as_array).into_iter().flatten();
    let named = fields.filter_map(|field| {
        let units = field.get("sal_units").or_else(|| field.get("units"))?;
        Some((field.get("name")?.as_str()?.to_owned(), units.clone()))
    });
    named.collect()
}
