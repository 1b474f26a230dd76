//! A record as it was read from Kafka.

use std::sync::Arc;

use bytes::Bytes;
use rdkafka::message::{BorrowedMessage, Message as _};

use super::payload::Payload;
use super::sys;

/// Header names with their values, in the order they were written; a value may be null.
pub type Headers = Vec<(String, Option<Bytes>)>;

/// A consumed record. Clones share the bytes.
#[derive(Debug, Clone)]
pub struct Record(Arc<Fields>);

#[derive(Debug)]
struct Fields {
    topic: Arc<str>,
    partition: i32,
    offset: i64,
    timestamp: Option<i64>,
    key: Option<Bytes>,
    value: Option<Payload>,
    headers: Headers,
}

impl Record {
    /// A record of `topic`; `timestamp` counts milliseconds since 1970 (UTC).
    pub fn new(
        topic: Arc<str>,
        (partition, offset): (i32, i64),
        timestamp: Option<i64>,
        (key, value): (Option<Bytes>, Option<Payload>),
        headers: Headers,
    ) -> Record {
        Record(Arc::new(Fields { topic, partition, offset, timestamp, key, value, headers }))
    }

    /// A copy of `message`, which was read from `topic`, out of librdkafka's memory.
    pub fn copy(message: &BorrowedMessage<'_>, topic: Arc<str>) -> Record {
        let bytes = |bytes: &[u8]| Bytes::copy_from_slice(bytes);
        Record::new(
            topic,
            (message.partition(), message.offset()),
            message.timestamp().to_millis(),
            (message.key().map(bytes), message.payload().map(bytes).map(Payload::Bytes)),
            sys::headers(message),
        )
    }

    /// The topic it was read from.
    pub fn topic(&self) -> &Arc<str> {
        &self.0.topic
    }

    /// The partition it was read from.
    pub fn partition(&self) -> i32 {
        self.0.partition
    }

    /// Its offset in the partition.
    pub fn offset(&self) -> i64 {
        self.0.offset
    }

    /// Milliseconds since 1970 (UTC), where the record has a timestamp.
    pub fn timestamp(&self) -> Option<i64> {
        self.0.timestamp
    }

    /// The key's bytes; none for a null key.
    pub fn key(&self) -> Option<&Bytes> {
        self.0.key.as_ref()
    }

    /// The value's bytes; none for a tombstone.
    pub fn value(&self) -> Option<&Bytes> {
        self.0.value.as_ref().map(Payload::bytes)
    }

    /// The value, which may be decoded already; none for a tombstone.
    pub fn payload(&self) -> Option<&Payload> {
        self.0.value.as_ref()
    }

    /// The bytes of key, value and headers.
    pub fn size(&self) -> usize {
        let length = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, Bytes::len);
        let headers: usize = self.0.headers.iter().map(|(n, v)| n.len() + length(v)).sum();
        length(&self.0.key) + self.value().map_or(0, Bytes::len) + headers
    }

    /// The headers in order.
    pub fn headers(&self) -> &Headers {
        &self.0.headers
    }
}
