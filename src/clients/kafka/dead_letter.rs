//! Dead letters: records that could not be processed, with headers that say why.
//!
//! The first ten headers are those of Kafka Connect (KIP-298), which other tools know; the other
//! five are ours. Key, value and the headers before them are those of the record itself.

use super::record::{Headers, Record};

/// The topic of the record.
pub const TOPIC: &str = "__connect.errors.topic";
/// Its partition.
pub const PARTITION: &str = "__connect.errors.partition";
/// Its offset.
pub const OFFSET: &str = "__connect.errors.offset";
/// Who read it: the connector, or the consumer group.
pub const CONNECTOR: &str = "__connect.errors.connector.name";
/// Which of its parallel tasks.
pub const TASK: &str = "__connect.errors.task.id";
/// The kind of work: `TRANSFORMATION`.
pub const STAGE: &str = "__connect.errors.stage";
/// The stage that could not process the record.
pub const CLASS: &str = "__connect.errors.class.name";
/// The class of the error.
pub const EXCEPTION_CLASS: &str = "__connect.errors.exception.class.name";
/// What is wrong with the record.
pub const EXCEPTION_MESSAGE: &str = "__connect.errors.exception.message";
/// Where it happened.
pub const EXCEPTION_TRACE: &str = "__connect.errors.exception.stacktrace";
/// SHA-256 of the script, in hex.
pub const SCRIPT: &str = "kafkaefd.script.sha256";
/// The run, as its logs name it.
pub const RUN: &str = "kafkaefd.run.id";
/// The id of the schema that the value names.
pub const SCHEMA: &str = "kafkaefd.schema.id";
/// How often the record was tried.
pub const ATTEMPT: &str = "kafkaefd.attempt";
/// Its timestamp, in milliseconds since 1970.
pub const TIMESTAMP: &str = "kafkaefd.original.timestamp";

/// The names of all headers, in the order in which they are written.
pub const HEADERS: [&str; 15] = [
    TOPIC,
    PARTITION,
    OFFSET,
    CONNECTOR,
    TASK,
    STAGE,
    CLASS,
    EXCEPTION_CLASS,
    EXCEPTION_MESSAGE,
    EXCEPTION_TRACE,
    SCRIPT,
    RUN,
    SCHEMA,
    ATTEMPT,
    TIMESTAMP,
];

/// The record that the dead letter `letter` was made of, where it was read: without the headers that
/// made it a dead letter. None for other records.
pub fn original(letter: &Record) -> Option<Record> {
    let topic = text(letter, TOPIC)?;
    let place = (text(letter, PARTITION)?.parse().ok()?, text(letter, OFFSET)?.parse().ok()?);
    let mut headers = letter.headers().clone();
    for name in HEADERS {
        if let Some(index) = last(&headers, name) {
            headers.remove(index);
        }
    }
    let parts = (letter.key().cloned(), letter.payload().cloned());
    Some(Record::new(topic.into(), place, letter.timestamp(), parts, headers))
}

/// The text of the last header `name`.
fn text<'a>(letter: &'a Record, name: &str) -> Option<&'a str> {
    let (_, value) = letter.headers().get(last(letter.headers(), name)?)?;
    std::str::from_utf8(value.as_ref()?).ok()
}

/// The last one counts: a dead letter may have been read and died once more.
fn last(headers: &Headers, name: &str) -> Option<usize> {
    headers.iter().rposition(|(header, _)| header == name)
}
