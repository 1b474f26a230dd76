//! Made-up messages of one SAL topic, as text.

use apache_avro::types::Value;
use fastrand::Rng;

use super::LoadError;
use super::generator::{self, Generator};
use crate::formats::avro::Schema;
use crate::formats::sal::any::any;
use crate::formats::sal::interfaces::IdlType;
use crate::formats::sal::text::{Stamp, TimeScale, Writer};

/// Which values messages have.
pub enum Values {
    /// Those of a generator.
    Made(generator::Options),
    /// Any that the fields can hold, with a seed and the types of the items in the interfaces, as
    /// far as they are known.
    Any(u64, Vec<IdlType>),
}

/// Makes up messages of one topic.
pub struct Mock {
    writer: Writer,
    made: Made,
    index: Option<i64>,
    sequence: i64,
}

enum Made {
    Records(Generator),
    Any(Vec<IdlType>, Rng),
}

impl Mock {
    /// A mock of the topic of `schema`, in the layout `kafkaefd` or `ts_xml`; `index` says which
    /// component sends, where several run, and `time` the scale of the timestamps, where it is not
    /// that of the layout.
    ///
    /// Errors: a schema that is none of SAL, a source that [`Generator::compile`] refuses.
    pub fn new(
        schema: &Schema,
        values: Values,
        index: Option<i64>,
        time: Option<TimeScale>,
    ) -> Result<Mock, LoadError> {
        let writer = Writer::compile(schema, time)?;
        let made = match values {
            Values::Made(options) => {
                let options = generator::Options { for_text: true, ..options };
                Made::Records(Generator::compile(schema, options)?)
            }
            Values::Any(seed, types) => Made::Any(types, Rng::with_seed(seed)),
        };
        Ok(Mock { writer, made, index, sequence: 0 })
    }

    /// The writer of its messages.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The next message, sent at `now_us` (UTC microseconds since 1970); the fields in `given` have
    /// these values instead of made-up ones.
    pub fn text(&mut self, now_us: i64, given: &[(String, Value)]) -> Result<String, LoadError> {
        let mut record = self.record(now_us)?;
        let (sent_us, received_us, sequence) = (now_us, now_us, self.sequence);
        let mut stamp = Stamp { sent_us, received_us, sequence, ..Stamp::at(0) };
        // The stamps of a made-up record are on the scale of its layout.
        stamp.take(&record, TimeScale::Tai);
        stamp.index = self.index.or(stamp.index);
        // The last value of a name is the one that is written.
        record.extend_from_slice(given);
        Ok(self.writer.write(&stamp, &record)?)
    }

    /// The next values of the fields that a message has items for, in their order, at `now_us`.
    pub fn values(&mut self, now_us: i64) -> Result<Vec<Value>, LoadError> {
        let record = self.record(now_us)?;
        let items = self.writer.fields();
        let is_item = |name: &str| items.iter().any(|item| item.name == name);
        Ok(record.into_iter().filter(|(name, _)| is_item(name)).map(|(_, value)| value).collect())
    }

    /// The next record, or those fields of it that are items.
    fn record(&mut self, now_us: i64) -> Result<Vec<(String, Value)>, LoadError> {
        self.sequence += 1;
        match &mut self.made {
            Made::Records(generator) => match generator.value(now_us)? {
                Value::Record(fields) => Ok(fields),
                // A writer has been compiled from the schema: it is a record.
                _ => Ok(Vec::new()),
            },
            Made::Any(types, rng) => {
                let fields = self.writer.fields();
                let names = fields.iter().map(|field| field.name.clone());
                Ok(names.zip(any(fields, types, rng)).collect())
            }
        }
    }
}
