//! Why a pipeline cannot deliver exactly once, or not go on with it.

use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::verdict::is_fenced;
use crate::clients::kafka;
use crate::error::{Explain, Kind};

/// What keeps transactions from going on.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TransactionError {
    /// The options contradict each other.
    #[error("cannot deliver exactly-once: {0}")]
    Options(String),
    /// Another producer has the transactional id now.
    #[error(
        "cannot go on with group `{group}`: another producer took over the transactional id `{id}`"
    )]
    Fenced {
        /// The consumer group.
        group: String,
        /// The transactional id.
        id: String,
    },
    /// Kafka refused a call for good.
    #[error("{error}")]
    Refused {
        /// What was tried, and why it failed.
        error: kafka::KafkaError,
        /// Whether the producer cannot be used any more.
        fatal: bool,
    },
    /// Transactions are aborted again and again.
    #[error(
        "cannot go on with group `{group}`: nothing could be committed for {since:?}, in {aborts} \
         transactions; the last ended with: {reason}"
    )]
    Stuck {
        /// The consumer group.
        group: String,
        /// Since the last one that was committed, or the start.
        since: Duration,
        /// How many were aborted since.
        aborts: u32,
        /// What ended the last one.
        reason: String,
    },
}

impl TransactionError {
    /// What `error` ends, as the answer to `attempt` ("commit a transaction").
    pub fn refused(group: &str, id: &str, attempt: &str, error: &KafkaError) -> TransactionError {
        if is_fenced(error) {
            return TransactionError::Fenced { group: group.to_owned(), id: id.to_owned() };
        }
        let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Fail);
        let fatal = matches!(error, KafkaError::Transaction(error) if error.is_fatal());
        let error = kafka::refused(&format!("{attempt} of `{id}`"), code);
        TransactionError::Refused { error, fatal }
    }
}

impl Explain for TransactionError {
    fn kind(&self) -> Kind {
        match self {
            TransactionError::Options(_) => Kind::Usage,
            TransactionError::Fenced { .. } => Kind::Fatal,
            TransactionError::Stuck { .. } => Kind::Failed,
            TransactionError::Refused { error, fatal } => match error.kind() {
                Kind::Denied => Kind::Denied,
                _ if *fatal => Kind::Fatal,
                kind => kind,
            },
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            TransactionError::Refused { error, .. } => error.code(),
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            TransactionError::Refused { error, fatal } => !fatal && error.retriable(),
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        let text = match self {
            TransactionError::Options(_) => return None,
            TransactionError::Fenced { .. } => {
                "run only one of the two, or give each an id of its own with the option \
                 `transactional_id`; nothing is lost, and nothing delivered twice"
            }
            TransactionError::Refused { error, .. } => match error.kind() {
                Kind::Denied => {
                    "ask for an ACL that lets your user write with the transactional id"
                }
                _ => return error.remedy(),
            },
            TransactionError::Stuck { .. } => {
                "nothing is lost: the next run goes on behind the last commit"
            }
        };
        Some(text.to_owned())
    }
}
