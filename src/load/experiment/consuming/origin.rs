//! Which record of which producer it is, and when it was sent, as its headers tell.

use crate::clients::kafka::Record;
use crate::load::experiment::{PRODUCER, SENT, SEQUENCE};

/// What the headers of a record tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The identity of its producer.
    pub producer: Option<&'a str>,
    /// Its number among those of its producer in its topic.
    pub number: Option<u64>,
    /// When it was due, in microseconds since 1970.
    pub sent: Option<i64>,
}

impl Origin<'_> {
    /// The origin of `record`; a header that cannot be read counts as missing.
    pub fn of(record: &Record) -> Origin<'_> {
        let mut origin = Origin::default();
        for (name, value) in record.headers() {
            let Some(text) = value.as_ref().and_then(|value| std::str::from_utf8(value).ok())
            else {
                continue;
            };
            match name.as_str() {
                PRODUCER => origin.producer = Some(text),
                SEQUENCE => origin.number = text.parse().ok(),
                SENT => origin.sent = text.parse().ok(),
                _ => {}
            }
        }
        origin
    }
}
