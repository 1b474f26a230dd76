//! What ends a pipeline.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::error::{Explain, Failure, Kind};

/// What ends a pipeline, or keeps it from starting.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StreamError {
    /// The delivery is not one that exists.
    #[error("cannot deliver `{0}`: this version knows at-least-once")]
    Delivery(String),
    /// The reset is not one that exists.
    #[error("cannot start a group at `{0}`: it is earliest, latest or rewind")]
    Reset(String),
    /// The pipeline lacks a part.
    #[error("cannot run the pipeline: {0}")]
    Incomplete(String),
    /// A client could not be made or the broker did not answer at the start.
    #[error("cannot start the pipeline `{group}`: {error}")]
    Start {
        /// The consumer group.
        group: String,
        /// What librdkafka says.
        error: Box<KafkaError>,
    },
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
    /// Reading failed for good.
    #[error("cannot read with group `{group}`: {error}")]
    Read {
        /// The consumer group.
        group: String,
        /// What librdkafka says.
        error: Box<KafkaError>,
    },
    /// A record could not be handed to the producer.
    #[error("cannot produce to topic `{topic}`: {error}")]
    Send {
        /// Where it should go.
        topic: String,
        /// What librdkafka says.
        error: Box<KafkaError>,
    },
    /// A record was refused or not acknowledged in time.
    #[error("cannot deliver what was made of {input} to topic `{topic}`: {error}")]
    Undelivered {
        /// `topic[partition]@offset` of the input.
        input: String,
        /// Where it should go.
        topic: String,
        /// What librdkafka says.
        error: Box<KafkaError>,
    },
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
    /// A failure of librdkafka before the first record.
    pub fn start(group: &str, error: KafkaError) -> StreamError {
        StreamError::Start { group: group.to_owned(), error: error.into() }
    }

    fn kafka(&self) -> Option<&KafkaError> {
        match self {
            StreamError::Start { error, .. }
            | StreamError::Read { error, .. }
            | StreamError::Send { error, .. }
            | StreamError::Undelivered { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl Explain for StreamError {
    fn kind(&self) -> Kind {
        match self {
            StreamError::Delivery(_) | StreamError::Reset(_) | StreamError::Incomplete(_) => {
                Kind::Usage
            }
            StreamError::Loop(_) | StreamError::NoTarget(_) => Kind::Usage,
            StreamError::NoTopic { .. } => Kind::NotFound,
            StreamError::Poisoned { .. } => Kind::Invalid,
            StreamError::Storm { .. } => Kind::DeadLetters,
            StreamError::Undrained { .. } => Kind::Timeout,
            StreamError::Other(failure) => failure.kind,
            _ => self.kafka().and_then(KafkaError::rdkafka_error_code).map_or(Kind::Failed, kind),
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            StreamError::Other(failure) => failure.code,
            _ => self.kafka()?.rdkafka_error_code().map(|code| code as i64),
        }
    }

    fn retriable(&self) -> bool {
        match self {
            StreamError::Other(failure) => failure.retriable,
            _ => matches!(self.kind(), Kind::Unreachable | Kind::Timeout),
        }
    }

    fn remedy(&self) -> Option<String> {
        let text = match self {
            StreamError::Other(failure) => return failure.remedy.clone(),
            StreamError::NoTopic { topic, .. } => {
                return Some(format!("create it: kafkaefd admin topics create {topic}"));
            }
            StreamError::Poisoned { .. } => {
                "give the pipeline .dead_letters(topic), so that such a record does not stop it"
            }
            StreamError::Storm { .. } => {
                "look at the dead letters: the headers __connect.errors.* say what is wrong"
            }
            StreamError::NoTarget(_) => "give the pipeline .to(topic)",
            StreamError::Loop(_) => "produce to another topic",
            StreamError::Undelivered { .. } | StreamError::Undrained { .. } => {
                "nothing is lost: run it again when the broker takes records"
            }
            _ => return None,
        };
        Some(text.to_owned())
    }
}

fn kind(code: RDKafkaErrorCode) -> Kind {
    use RDKafkaErrorCode as Code;
    match code {
        Code::AllBrokersDown | Code::BrokerTransportFailure | Code::Resolve => Kind::Unreachable,
        Code::OperationTimedOut | Code::MessageTimedOut | Code::RequestTimedOut => Kind::Timeout,
        Code::UnknownTopicOrPartition | Code::UnknownTopic | Code::UnknownPartition => {
            Kind::NotFound
        }
        Code::Fatal | Code::Fenced | Code::InvalidProducerEpoch | Code::ProducerFenced => {
            Kind::Fatal
        }
        Code::TopicAuthorizationFailed
        | Code::GroupAuthorizationFailed
        | Code::ClusterAuthorizationFailed
        | Code::SaslAuthenticationFailed
        | Code::Authentication => Kind::Denied,
        _ => Kind::Failed,
    }
}
