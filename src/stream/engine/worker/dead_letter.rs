//! A record that could not be processed, as it is written to the dead-letter topic.

use bytes::Bytes;

use super::chain::Fault;
use crate::clients::kafka::{Record, dead_letter as header};
use crate::context::Context;
use crate::error::Failure;
use crate::formats::avro::wire;
use crate::stream::{Message, StageError};

/// Longer traces and messages are cut: headers count towards the size of the record.
const LONGEST: usize = 4096;

/// What all dead letters of a pipeline say about where they come from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The consumer group, which is the pipeline's name.
    pub group: String,
    /// Which of the pipeline's parallel tasks it was.
    pub task: usize,
    /// SHA-256 of the script that runs the pipeline, in hex, where it is known.
    pub script: Option<String>,
    /// Names this run in the logs.
    pub run: String,
}

/// The number of this run: the same for all pipelines of `context`.
pub fn run_id(context: &Context) -> Result<String, Failure> {
    struct RunId(String);
    let id = context.resource(|| {
        let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0u8);
        Ok(RunId(format!("{random:016x}")))
    })?;
    Ok(id.0.clone())
}

/// The dead letter of `record`: its key, value and headers as they were, and why it is one.
pub fn dead_letter(origin: &Origin, record: &Record, fault: &Fault, attempt: u32) -> Message {
    let mut headers = record.headers().clone();
    let mut add = |name: &str, value: Option<String>| {
        headers.push((name.to_owned(), value.map(Bytes::from)));
    };
    let (class, trace) = match &fault.error {
        StageError::Poison { class, trace, .. } => (*class, trace.as_str()),
        _ => ("failed", ""),
    };
    add(header::TOPIC, Some(record.topic().to_string()));
    add(header::PARTITION, Some(record.partition().to_string()));
    add(header::OFFSET, Some(record.offset().to_string()));
    add(header::CONNECTOR, Some(origin.group.clone()));
    add(header::TASK, Some(origin.task.to_string()));
    add(header::STAGE, Some("TRANSFORMATION".to_owned()));
    add(header::CLASS, Some(fault.stage.clone()));
    add(header::EXCEPTION_CLASS, Some(format!("kafkaefd.{class}")));
    add(header::EXCEPTION_MESSAGE, Some(cut(&fault.error.to_string())));
    add(header::EXCEPTION_TRACE, Some(cut(trace)));
    let schema = record.value().and_then(|value| wire::split(value)).map(|(id, _)| id.to_string());
    add(header::SCRIPT, origin.script.clone());
    add(header::RUN, Some(origin.run.clone()));
    add(header::SCHEMA, schema);
    add(header::ATTEMPT, Some(attempt.to_string()));
    add(header::TIMESTAMP, record.timestamp().map(|ms| ms.to_string()));
    Message {
        topic: None,
        key: record.key().cloned(),
        value: record.payload().cloned(),
        headers,
        timestamp: record.timestamp(),
    }
}

/// The same dead letter for a record that left no room for long headers.
pub fn shorter(mut letter: Message) -> Message {
    let long = [header::EXCEPTION_MESSAGE, header::EXCEPTION_TRACE];
    letter.headers.retain(|(name, _)| !long.contains(&name.as_str()));
    letter
}

fn cut(text: &str) -> String {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}
