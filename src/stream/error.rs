//! What ends a pipeline.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::engine::TransactionError;
use crate::clients::kafka;
use crate::error::{Explain, Failure, Kind};

/// What ends a pipeline, or keeps it from starting.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StreamError {
    /// The delivery is not one that exists.
    #[error("cannot deliver `{0}`: it is at-least-once or exactly-once")]
    Delivery(String),
    /// The reset is not one that exists.
    #[error("cannot start a group at `{0}`: it is earliest, latest or rewind")]
    Reset(String),
    /// The group protocol is not one that exists.
    #[error("cannot share partitions by the protocol `{0}`: it is classic or consumer")]
    Protocol(String),
    /// The pipeline lacks a part.
    #[error("cannot run the pipeline: {0}")]
    Incomplete(String),
    /// Kafka refused something; the error says what.
    #[error(transparent)]
    Kafka(#[from] kafka::KafkaError),
    /// Transactions cannot begin, or not go on.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A topic does not exist.
    #[error("cannot start the pipeline `{group}`: topic `{topic}` does not exist")]
    NoTopic {
        /// The consumer group.
        group: String,
        /// The topic that is read, or that takes the dead letters.
        topic: String,
    },
    /// A pipeline would read what it writes.
    #[error("cannot write to topic `{0}`: this pipeline reads it, so it would never end")]
    Loop(String),
    /// Nobody said where a record goes.
    #[error("cannot produce what was made of {0}: no stage named an output topic")]
    NoTarget(String),
    /// A record cannot be processed and there are no dead letters.
    #[error("cannot process {input} in {stage}: {message}")]
    Poisoned {
        /// `topic[partition]@offset` of the input.
        input: String,
        /// The stage's name.
        stage: String,
        /// What is wrong with it.
        message: String,
    },
    /// A record cannot be processed, and not even kept as a dead letter.
    #[error("cannot write the dead letter of {input} to topic `{topic}`: {why}")]
    NoLetter {
        /// `topic[partition]@offset` of the input.
        input: String,
        /// The topic of the dead letters.
        topic: String,
        /// Why it is refused.
        why: String,
    },
    /// Too many records could not be processed.
    #[error("stopped the pipeline `{group}`: {why}")]
    Storm {
        /// The consumer group.
        group: String,
        /// The limit that was passed.
        why: String,
    },
    /// Records stayed in flight until the time for stopping was over.
    #[error(
        "stopped the pipeline `{group}` while {records} records were not acknowledged; the next run reads them again"
    )]
    Undrained {
        /// The consumer group.
        group: String,
        /// How many.
        records: usize,
    },
    /// A stage's set-up is at fault, or the run's.
    #[error(transparent)]
    Other(#[from] Failure),
}

impl StreamError {
    /// What librdkafka answered to `attempt` ("read with group `copy`").
    pub fn refused(attempt: &str, error: &KafkaError) -> StreamError {
        let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Fail);
        kafka::refused(attempt, code).into()
    }
}

impl Explain for StreamError {
    fn kind(&self) -> Kind {
        match self {
            StreamError::Delivery(_)
            | StreamError::Reset(_)
            | StreamError::Protocol(_)
            | StreamError::Incomplete(_)
            | StreamError::Loop(_)
            | StreamError::NoTarget(_) => Kind::Usage,
            StreamError::NoTopic { .. } => Kind::NotFound,
            StreamError::Poisoned { .. } | StreamError::NoLetter { .. } => Kind::Invalid,
            StreamError::Storm { .. } => Kind::DeadLetters,
            StreamError::Undrained { .. } => Kind::Timeout,
            StreamError::Other(failure) => failure.kind,
            StreamError::Kafka(error) => error.kind(),
            StreamError::Transaction(error) => error.kind(),
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            StreamError::Other(failure) => failure.code,
            StreamError::Kafka(error) => error.code(),
            StreamError::Transaction(error) => error.code(),
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            StreamError::Other(failure) => failure.retriable,
            StreamError::Kafka(error) => error.retriable(),
            StreamError::Transaction(error) => error.retriable(),
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        let text = match self {
            StreamError::Other(failure) => return failure.remedy.clone(),
            StreamError::Kafka(error) => return error.remedy(),
            StreamError::Transaction(error) => return error.remedy(),
            StreamError::NoTopic { topic, .. } => {
                return Some(format!("create it: kafkaefd admin topics create {topic}"));
            }
            StreamError::Poisoned { .. } => {
                "give the pipeline .dead_letters(topic), so that such a record does not stop it"
            }
            StreamError::NoLetter { topic, .. } => {
                return Some(format!(
                    "let `{topic}` take what its inputs hold, and some hundred bytes more: raise its \
                     max.message.bytes, or message.max.bytes here"
                ));
            }
            StreamError::Storm { .. } => {
                "look at the dead letters: the headers __connect.errors.* say what is wrong"
            }
            StreamError::NoTarget(_) => "give the pipeline .to(topic)",
            StreamError::Loop(_) => "produce to another topic",
            StreamError::Undrained { .. } => {
                "nothing is lost: run it again when the broker takes records"
            }
            _ => return None,
        };
        Some(text.to_owned())
    }
}
