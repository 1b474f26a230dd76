//! What goes wrong between kafkaefd and a Kafka cluster.

use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode;

use super::codes;
use crate::error::{Explain, Kind};

/// An error of the Kafka client. `attempt` says what was tried and on what
/// ("list topics of 127.0.0.1:9092").
#[derive(Debug, Clone, thiserror::Error)]
pub enum KafkaError {
    /// Kafka, or librdkafka in its name, answered with an error code.
    #[error("cannot {attempt}: {reason}")]
    Refused {
        /// What was tried.
        attempt: String,
        /// Kafka's error code; librdkafka's own ones are negative.
        code: RDKafkaErrorCode,
        /// Why, in words.
        reason: String,
    },
    /// No connection to a broker could be made.
    #[error("cannot {attempt}: {reason}")]
    Unreachable {
        /// What was tried.
        attempt: String,
        /// What the last connection attempt said.
        reason: String,
    },
    /// A broker answers but TLS or SASL fails.
    #[error("cannot {attempt}: {reason}")]
    Denied {
        /// What was tried.
        attempt: String,
        /// What the handshake said.
        reason: String,
    },
    /// No answer in time, and no error that would say why.
    #[error("cannot {attempt}: no answer within {timeout:?}")]
    TimedOut {
        /// What was tried.
        attempt: String,
        /// How long the answer was awaited.
        timeout: Duration,
    },
    /// The run was stopped while it waited.
    #[error("cannot {attempt}: stopped")]
    Stopped {
        /// What was tried.
        attempt: String,
    },
    /// A topic that was named does not exist.
    #[error("cannot {attempt}: topic `{topic}` does not exist")]
    UnknownTopic {
        /// What was tried.
        attempt: String,
        /// The topic.
        topic: String,
        /// A topic of the cluster with a similar name.
        similar: Option<String>,
    },
    /// A broker that was named is not in the cluster.
    #[error("cannot {attempt}: there is no broker {id}")]
    UnknownBroker {
        /// What was tried.
        attempt: String,
        /// The id that was named.
        id: i32,
        /// The ids that there are.
        known: Vec<i32>,
    },
    /// A group that was named does not exist.
    #[error("cannot {attempt}: group `{group}` does not exist")]
    UnknownGroup {
        /// What was tried.
        attempt: String,
        /// The group.
        group: String,
        /// A group of the cluster with a similar name.
        similar: Option<String>,
    },
    /// What was named does not exist.
    #[error("cannot {attempt}: {reason}")]
    Missing {
        /// What was tried.
        attempt: String,
        /// What there is not.
        reason: String,
        /// What to do.
        remedy: Option<String>,
    },
    /// What is to be changed is in use.
    #[error("cannot {attempt}: {reason}")]
    Busy {
        /// What was tried.
        attempt: String,
        /// By whom.
        reason: String,
        /// What to do.
        remedy: Option<String>,
    },
    /// Options that make no sense, alone or together.
    #[error("cannot {attempt}: {reason}")]
    Options {
        /// What was tried.
        attempt: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: Option<String>,
    },
    /// A script tried to set a property that decides whom the client trusts.
    #[error("cannot set `{property}` from a script: it decides whom kafkaefd trusts")]
    Property {
        /// The librdkafka property.
        property: String,
    },
    /// The broker does not know the request.
    #[error("cannot {attempt}: the {}broker has no {lack}", if *embedded { "embedded " } else { "" })]
    Unsupported {
        /// What was tried.
        attempt: String,
        /// What the broker lacks ("ACLs").
        lack: &'static str,
        /// Whether it is kafkaefd's own.
        embedded: bool,
    },
    /// librdkafka would not make a client.
    #[error("cannot {attempt}: {reason}")]
    Client {
        /// What was tried.
        attempt: String,
        /// What librdkafka said.
        reason: String,
    },
}

impl Explain for KafkaError {
    fn kind(&self) -> Kind {
        match self {
            KafkaError::Refused { code, .. } => codes::kind(*code),
            KafkaError::Unreachable { .. } => Kind::Unreachable,
            KafkaError::Denied { .. } | KafkaError::Property { .. } => Kind::Denied,
            KafkaError::TimedOut { .. } => Kind::Timeout,
            KafkaError::Stopped { .. } => Kind::Cancelled,
            KafkaError::UnknownTopic { .. }
            | KafkaError::UnknownBroker { .. }
            | KafkaError::UnknownGroup { .. }
            | KafkaError::Missing { .. } => Kind::NotFound,
            KafkaError::Busy { .. } => Kind::Conflict,
            KafkaError::Options { .. } | KafkaError::Client { .. } => Kind::Usage,
            KafkaError::Unsupported { .. } => Kind::Unsupported,
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            KafkaError::Refused { code, .. } => Some(*code as i64),
            KafkaError::UnknownTopic { .. } => {
                Some(RDKafkaErrorCode::UnknownTopicOrPartition as i64)
            }
            KafkaError::UnknownGroup { .. } => Some(RDKafkaErrorCode::GroupIdNotFound as i64),
            KafkaError::Missing { .. } => Some(RDKafkaErrorCode::ResourceNotFound as i64),
            KafkaError::Busy { .. } => Some(RDKafkaErrorCode::NonEmptyGroup as i64),
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            KafkaError::Refused { code, .. } => codes::retriable(*code),
            KafkaError::Unreachable { .. } | KafkaError::TimedOut { .. } => true,
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        let text = match self {
            KafkaError::Refused { code, .. } => return codes::remedy(*code).map(str::to_owned),
            KafkaError::Unreachable { .. } => {
                "check the address given with --broker (or $BROKER), and that the broker runs"
            }
            KafkaError::Denied { .. } => {
                "check security.protocol and the ssl.* and sasl.* properties of the profile"
            }
            KafkaError::TimedOut { .. } => {
                "check the address given with --broker, or wait longer with `timeout`"
            }
            KafkaError::UnknownTopic { similar: Some(topic), .. } => {
                return Some(format!("did you mean `{topic}`?"));
            }
            KafkaError::UnknownTopic { .. } => "list the topics with: kafkaefd admin topics list",
            KafkaError::UnknownBroker { known, .. } => {
                let known: Vec<_> = known.iter().map(i32::to_string).collect();
                return Some(format!("the cluster has: {}", known.join(", ")));
            }
            KafkaError::Unsupported { embedded: true, .. } => {
                "use a real cluster: --profile local, or --broker HOST:PORT"
            }
            KafkaError::Unsupported { .. } => "use a cluster with a newer Kafka",
            KafkaError::UnknownGroup { similar: Some(group), .. } => {
                return Some(format!("did you mean `{group}`?"));
            }
            KafkaError::UnknownGroup { .. } => "list the groups with: kafkaefd admin groups list",
            KafkaError::Options { remedy, .. }
            | KafkaError::Busy { remedy, .. }
            | KafkaError::Missing { remedy, .. } => return remedy.clone(),
            KafkaError::Property { .. } => "set it in the profile, in kafkaefd.toml",
            KafkaError::Stopped { .. } | KafkaError::Client { .. } => return None,
        };
        Some(text.to_owned())
    }
}
