//! Records into envelopes and back.

use std::borrow::Cow;

use bytes::Bytes;

use super::Record;
use crate::clients::kafka::Message;
use crate::formats::envelope::{Envelope, Name, Payload};

/// The envelope of `record`.
pub fn of(record: &Record) -> Envelope<'_> {
    Envelope {
        topic: Some(Cow::Borrowed(record.topic())),
        partition: Some(record.partition()),
        offset: Some(record.offset()),
        timestamp: record.timestamp(),
        key: payload(record.key()),
        value: payload(record.value()),
        headers: record
            .headers()
            .iter()
            .map(|(name, value)| (Name(Cow::Borrowed(name)), payload(value.as_ref())))
            .collect(),
    }
}

/// The line of `record`.
pub fn line(record: &Record) -> String {
    let mut line = Vec::new();
    of(record).write(&mut line);
    // It is JSON, and so UTF-8.
    String::from_utf8(line).unwrap_or_default()
}

/// What writes the record of `envelope` once more; where it was read does not matter.
pub fn message(envelope: Envelope<'_>) -> Message {
    Message {
        key: envelope.key.map(bytes),
        value: envelope.value.map(bytes),
        headers: envelope
            .headers
            .into_iter()
            .map(|(name, value)| (name.0.into_owned(), value.map(bytes)))
            .collect(),
        timestamp: envelope.timestamp,
        partition: None,
    }
}

fn payload(bytes: Option<&Bytes>) -> Option<Payload<'_>> {
    bytes.map(|bytes| Payload(Cow::Borrowed(bytes)))
}

fn bytes(payload: Payload<'_>) -> Bytes {
    payload.0.into_owned().into()
}
