//! Dead letters: records that could not be processed, with headers that say why.
//!
//! The first ten headers are those of Kafka Connect (KIP-298), which other tools know; the other
//! five are ours. Key, value and the headers before them are those of the record itself.

use super::record::{Headers, Record};

/// What the names of Kafka Connect's headers start with.
pub const CONNECT: &str = "__connect.errors.";
/// The rest of the names of Kafka Connect's headers.
pub const CONNECT_NAMES: [&str; 10] = [
    "topic",
    "partition",
    "offset",
    "connector.name",
    "task.id",
    "stage",
    "class.name",
    "exception.class.name",
    "exception.message",
    "exception.stacktrace",
];
/// What the names of our own headers start with.
pub const OWN: &str = "kafkaefd.";
/// The rest of the names of our own headers.
pub const OWN_NAMES: [&str; 5] =
    ["script.sha256", "run.id", "schema.id", "attempt", "original.timestamp"];

/// The record that the dead letter `letter` was made of, where it was read: without the headers that
/// made it a dead letter. None for other records.
pub fn original(letter: &Record) -> Option<Record> {
    let topic = text(letter, "topic")?;
    let place = (text(letter, "partition")?.parse().ok()?, text(letter, "offset")?.parse().ok()?);
    let mut headers = letter.headers().clone();
    for name in CONNECT_NAMES {
        remove(&mut headers, CONNECT, name);
    }
    for name in OWN_NAMES {
        remove(&mut headers, OWN, name);
    }
    let parts = (letter.key().cloned(), letter.payload().cloned());
    Some(Record::new(topic.into(), place, letter.timestamp(), parts, headers))
}

/// The last header `name` of Kafka Connect: a dead letter may have been read and died once more.
fn text<'a>(letter: &'a Record, name: &str) -> Option<&'a str> {
    let index = last(letter.headers(), CONNECT, name)?;
    let (_, value) = letter.headers().get(index)?;
    std::str::from_utf8(value.as_ref()?).ok()
}

fn remove(headers: &mut Headers, start: &str, name: &str) {
    if let Some(index) = last(headers, start, name) {
        headers.remove(index);
    }
}

fn last(headers: &Headers, start: &str, name: &str) -> Option<usize> {
    headers.iter().rposition(|(header, _)| header.strip_prefix(start) == Some(name))
}
