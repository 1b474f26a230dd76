//! When a record was sent, as a field of its value tells.

use std::collections::HashMap;

use apache_avro::types::Value;

use crate::clients::kafka::Record;
use crate::clients::registry::Registry;
use crate::context::Context;
use crate::error::Failure;
use crate::formats::avro::{self, Schema, wire};

/// Reads the time of records out of their values: Avro with or without the wire header.
pub struct ValueTime {
    context: Context,
    field: String,
    /// The schemas of wire headers; none for one that the registry does not have.
    by_id: HashMap<u32, Option<Schema>>,
    /// The schemas of values without one, by topic.
    by_topic: HashMap<String, Option<Schema>>,
}

impl ValueTime {
    /// The time in `field`, in milliseconds since 1970.
    pub fn new(context: &Context, field: String) -> ValueTime {
        let (by_id, by_topic) = (HashMap::new(), HashMap::new());
        ValueTime { context: context.clone(), field, by_id, by_topic }
    }

    /// When `record` was sent, in microseconds since 1970; none where that cannot be read.
    pub fn of(&mut self, record: &Record) -> Option<i64> {
        let bytes = record.value()?;
        let (schema, body) = match wire::split(bytes) {
            Some((id, body)) => (self.schema(id)?, body),
            None => (self.of_topic(record.topic())?, bytes.as_ref()),
        };
        let Ok(Value::Record(fields)) = avro::decode(&schema, body) else { return None };
        let (_, value) = fields.into_iter().find(|(name, _)| *name == self.field)?;
        match value {
            Value::Long(ms) | Value::TimestampMillis(ms) => Some(ms.saturating_mul(1_000)),
            _ => None,
        }
    }

    fn schema(&mut self, id: u32) -> Option<Schema> {
        let context = &self.context;
        let ask = || known(|| Ok(Registry::of(context)?.schema(id)?));
        self.by_id.entry(id).or_insert_with(ask).clone()
    }

    fn of_topic(&mut self, topic: &str) -> Option<Schema> {
        if let Some(schema) = self.by_topic.get(topic) {
            return schema.clone();
        }
        let subject = format!("{topic}-value");
        let schema = known(|| Ok(Registry::of(&self.context)?.current(&subject)?.1));
        self.by_topic.insert(topic.to_owned(), schema.clone());
        schema
    }
}

/// The schema that the registry has; without one, records are measured by Kafka's timestamp.
fn known(ask: impl FnOnce() -> Result<Schema, Failure>) -> Option<Schema> {
    ask().map_err(|failure| tracing::warn!("{}", failure.message)).ok()
}
