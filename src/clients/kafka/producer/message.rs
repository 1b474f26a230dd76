//! A record before it has an offset.

use bytes::Bytes;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::BaseRecord;

use crate::clients::kafka::{Headers, Record};

/// What is sent to a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The key's bytes; none for a null key.
    pub key: Option<Bytes>,
    /// The value's bytes; none for a tombstone.
    pub value: Option<Bytes>,
    /// The headers in order.
    pub headers: Headers,
    /// Milliseconds since 1970 (UTC); none for the time of sending.
    pub timestamp: Option<i64>,
    /// The partition; none to let the key decide.
    pub partition: Option<i32>,
}

impl Message {
    /// What writes `record` once more: the key decides on the partition, everything else stays.
    pub fn of(record: &Record) -> Message {
        Message {
            key: record.key().cloned(),
            value: record.value().cloned(),
            headers: record.headers().clone(),
            timestamp: record.timestamp(),
            partition: None,
        }
    }

    /// The record in librdkafka's form; `ticket` comes back with its delivery report.
    pub(super) fn to_raw<'a>(
        &'a self,
        topic: &'a str,
        ticket: usize,
    ) -> BaseRecord<'a, [u8], [u8], usize> {
        let headers = (!self.headers.is_empty()).then(|| {
            self.headers.iter().fold(
                OwnedHeaders::new_with_capacity(self.headers.len()),
                |headers, (name, value)| {
                    headers.insert(Header { key: name, value: value.as_deref() })
                },
            )
        });
        BaseRecord {
            topic,
            partition: self.partition,
            payload: self.value.as_deref(),
            key: self.key.as_deref(),
            timestamp: self.timestamp,
            headers,
            delivery_opaque: ticket,
        }
    }
}
