//! Strings on their way into responses: copies, so that no response keeps a request alive.

use kafka_protocol::messages::{GroupId, TopicName};
use kafka_protocol::protocol::StrBytes;

/// `value` as the codec wants it.
pub fn text(value: &str) -> StrBytes {
    StrBytes::from_string(value.to_owned())
}

/// `value`, copied out of the request.
pub fn owned(value: Option<&StrBytes>) -> Option<String> {
    value.map(|value| value.as_str().to_owned())
}

/// `value` as the codec wants it; null if there is none.
pub fn nullable(value: Option<&str>) -> Option<StrBytes> {
    value.map(text)
}

/// A topic's name as the codec wants it.
pub fn topic_name(value: &str) -> TopicName {
    TopicName(text(value))
}

/// A group's name as the codec wants it.
pub fn group_id(value: &str) -> GroupId {
    GroupId(text(value))
}
