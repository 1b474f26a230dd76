//! A record as it was read from Kafka.

use std::sync::Arc;

use bytes::Bytes;
use rdkafka::message::{BorrowedMessage, Message as _};

use super::block::Block;
use super::payload::Payload;
use super::sys;

/// Header names with their values, in the order they were written; a value may be null.
pub type Headers = Vec<(String, Option<Bytes>)>;

/// A consumed record. Clones share the bytes.
#[derive(Debug, Clone)]
pub struct Record {
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
        Record { topic, partition, offset, timestamp, key, value, headers }
    }

    /// A copy of `message`, which was read from `topic`, out of librdkafka's memory and into `block`.
    pub fn copy(message: &BorrowedMessage<'_>, topic: Arc<str>, block: &mut Block) -> Record {
        let mut bytes = |bytes: &[u8]| block.copy(bytes);
        Record::new(
            topic,
            (message.partition(), message.offset()),
            message.timestamp().to_millis(),
            (message.key().map(&mut bytes), message.payload().map(&mut bytes).map(Payload::Bytes)),
            sys::headers(message),
        )
    }

    /// The topic it was read from.
    pub fn topic(&self) -> &Arc<str> {
        &self.topic
    }

    /// The partition it was read from.
    pub fn partition(&self) -> i32 {
        self.partition
    }

    /// Its offset in the partition.
    pub fn offset(&self) -> i64 {
        self.offset
    }

    /// Milliseconds since 1970 (UTC), where the record has a timestamp.
    pub fn timestamp(&self) -> Option<i64> {
        self.timestamp
    }

    /// The key's bytes; none for a null key.
    pub fn key(&self) -> Option<&Bytes> {
        self.key.as_ref()
    }

    /// The value's bytes; none for a tombstone.
    pub fn value(&self) -> Option<&Bytes> {
        self.value.as_ref().map(Payload::bytes)
    }

    /// The value, which may be decoded already; none for a tombstone.
    pub fn payload(&self) -> Option<&Payload> {
        self.value.as_ref()
    }

    /// The bytes of key, value and headers.
    pub fn size(&self) -> usize {
        let length = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, Bytes::len);
        let headers: usize = self.headers.iter().map(|(n, v)| n.len() + length(v)).sum();
        length(&self.key) + self.value().map_or(0, Bytes::len) + headers
    }

    /// The headers in order.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// Key, value and headers, without a copy of any.
    pub fn into_parts(self) -> (Option<Bytes>, Option<Payload>, Headers) {
        (self.key, self.value, self.headers)
    }
}
