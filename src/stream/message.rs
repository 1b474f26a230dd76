//! What flows between the stages of a pipeline.

use std::sync::Arc;

use bytes::Bytes;

use crate::clients::kafka::{Headers, Payload, Record};

/// A record on its way through a pipeline: what a stage takes and gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Where it will be produced; none until a stage or the route says.
    pub topic: Option<Arc<str>>,
    /// The key's bytes; none for a null key.
    pub key: Option<Bytes>,
    /// The value; none for a tombstone.
    pub value: Option<Payload>,
    /// The headers in order.
    pub headers: Headers,
    /// Milliseconds since 1970 (UTC); none lets the producer take the time of sending.
    pub timestamp: Option<i64>,
}

impl Message {
    /// The message that enters the first stage: the record as it was read, without a target.
    pub fn of(record: &Record) -> Message {
        Message {
            topic: None,
            key: record.key().cloned(),
            value: record.payload().cloned(),
            headers: record.headers().clone(),
            timestamp: record.timestamp(),
        }
    }

    /// The same of a record that nobody needs any more.
    pub fn from(record: Record) -> Message {
        let timestamp = record.timestamp();
        let (key, value, headers) = record.into_parts();
        Message { topic: None, key, value, headers, timestamp }
    }

    /// The message as a record that still tells where `origin` was read.
    pub fn as_record(&self, origin: &Record) -> Record {
        Record::new(
            origin.topic().clone(),
            (origin.partition(), origin.offset()),
            self.timestamp,
            (self.key.clone(), self.value.clone()),
            self.headers.clone(),
        )
    }

    /// The bytes of key, value and headers, as they count towards the in-flight limit.
    pub fn size(&self) -> usize {
        let length = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, Bytes::len);
        let value = self.value.as_ref().map_or(0, |value| value.len());
        let headers: usize = self.headers.iter().map(|(n, v)| n.len() + length(v)).sum();
        length(&self.key) + value + headers
    }
}
