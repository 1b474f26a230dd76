//! A record before it has an offset.

use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::BaseRecord;

use crate::clients::kafka::Headers;

/// What is sent to a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The key's bytes; none for a null key.
    pub key: Option<Vec<u8>>,
    /// The value's bytes; none for a tombstone.
    pub value: Option<Vec<u8>>,
    /// The headers in order.
    pub headers: Headers,
    /// Milliseconds since 1970 (UTC); none for the time of sending.
    pub timestamp: Option<i64>,
    /// The partition; none to let the key decide.
    pub partition: Option<i32>,
}

impl Message {
    /// The record in librdkafka's form; `ticket` comes back with its delivery report.
    pub(super) fn to_raw<'a>(
        &'a self,
        topic: &'a str,
        ticket: usize,
    ) -> BaseRecord<'a, Vec<u8>, Vec<u8>, usize> {
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
            payload: self.value.as_ref(),
            key: self.key.as_ref(),
            timestamp: self.timestamp,
            headers,
            delivery_opaque: ticket,
        }
    }
}
