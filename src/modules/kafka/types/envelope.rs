//! Records into envelopes and back.

use std::borrow::Cow;

use bytes::Bytes;

use super::Record;
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

fn payload(bytes: Option<&Bytes>) -> Option<Payload<'_>> {
    bytes.map(|bytes| Payload(Cow::Borrowed(bytes)))
}
