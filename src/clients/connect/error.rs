//! Why Connect did not do what was asked.

use std::path::PathBuf;

use super::validation::Fault;
use crate::clients::exchange::Silence;
use crate::clients::http;
use crate::error::{Explain, Failure, Kind};

/// An error of Kafka Connect or on the way to it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConnectError {
    /// There is no answer.
    #[error("cannot {attempt}: {silence}")]
    Silent {
        /// What was attempted, on which Connect.
        attempt: String,
        /// Why there is none.
        silence: Silence,
    },
    /// There is no such connector, task, plugin or logger.
    #[error("cannot {attempt}: no such {what}")]
    Absent {
        /// What was attempted, on which Connect.
        attempt: String,
        /// "connector".
        what: String,
        /// What to do: the name that was meant, or where names are listed.
        remedy: String,
    },
    /// Options of a connector are missing or wrong.
    #[error("cannot {attempt}: {}", listed(.faults))]
    Invalid {
        /// What was attempted, on which Connect.
        attempt: String,
        /// What is wrong with which option.
        faults: Vec<Fault>,
    },
    /// The workers are sharing out their work and take no requests, all the time that was given.
    #[error("cannot {attempt}: Connect is rebalancing: {message}")]
    Rebalancing {
        /// What was attempted, on which Connect.
        attempt: String,
        /// What Connect said.
        message: String,
    },
    /// The offsets of a connector cannot change while it may write them.
    #[error("cannot {attempt}: it is not stopped")]
    NotStopped {
        /// What was attempted, on which Connect.
        attempt: String,
        /// The connector.
        connector: String,
    },
    /// A connector did not come to the state that it was asked for.
    #[error("cannot {attempt}: {state} after {seconds} s")]
    Unsettled {
        /// What was attempted, on which Connect.
        attempt: String,
        /// "the connector is RUNNING, task 0 is PAUSED".
        state: String,
        /// How long it was awaited.
        seconds: f64,
    },
    /// Connect answered with another error.
    #[error("cannot {attempt}: {message}")]
    Refused {
        /// What was attempted, on which Connect.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// The reason, in words.
        message: String,
    },
    /// Connect does not know the request.
    #[error("cannot {attempt}: the server does not know this request (status {status})")]
    Unknown {
        /// What was attempted, on which Connect.
        attempt: String,
        /// The status of HTTP.
        status: u16,
    },
    /// Something answered that is no Connect.
    #[error("cannot {attempt}: the answer is not Kafka Connect's: {start:?} (status {status})")]
    Strange {
        /// What was attempted, on which Connect.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// How the answer starts.
        start: String,
    },
    /// What was given for a configuration or for offsets is none.
    #[error("{0}")]
    Given(String),
    /// A file cannot be read.
    #[error("cannot read {what} in `{}`: {reason}", path.display())]
    File {
        /// "the configuration".
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said, or what is wrong with the text.
        reason: String,
        /// Whether there is no such file.
        missing: bool,
    },
    /// The address cannot be used.
    #[error("cannot use Kafka Connect at `{url}`: {reason}")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The run ended, the time was up, or a permission is missing.
    #[error(transparent)]
    Run(#[from] Failure),
}

impl Explain for ConnectError {
    fn kind(&self) -> Kind {
        match self {
            ConnectError::Silent { silence, .. } => silence.kind(),
            ConnectError::Rebalancing { .. } | ConnectError::NotStopped { .. } => Kind::Conflict,
            ConnectError::Unsettled { .. } => Kind::Timeout,
            ConnectError::Refused { status, .. } => http::kind(*status),
            ConnectError::Unknown { .. } => Kind::Unsupported,
            ConnectError::Strange { .. } => Kind::Failed,
            ConnectError::Given(_) | ConnectError::Address { .. } => Kind::Usage,
            ConnectError::Absent { .. } | ConnectError::File { missing: true, .. } => {
                Kind::NotFound
            }
            ConnectError::Invalid { .. } | ConnectError::File { .. } => Kind::Invalid,
            ConnectError::Run(failure) => failure.kind,
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            ConnectError::Absent { .. } => Some(404),
            ConnectError::Rebalancing { .. } => Some(409),
            ConnectError::Refused { status, .. } => Some(i64::from(*status)),
            ConnectError::Run(failure) => failure.code,
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            ConnectError::Silent { silence, .. } => silence.may_pass(),
            // A proxy answers for a worker that starts or restarts.
            ConnectError::Strange { .. }
            | ConnectError::Unsettled { .. }
            | ConnectError::Rebalancing { .. } => true,
            ConnectError::Refused { status, .. } => *status >= 500 || matches!(status, 408 | 429),
            ConnectError::Run(failure) => failure.retriable,
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        let remedy = match self {
            ConnectError::Absent { remedy, .. } => remedy,
            ConnectError::Silent { silence: Silence::Unreachable(_), .. } => {
                "start Kafka Connect, or give another with --kafka-connect or $KAFKA_CONNECT"
            }
            ConnectError::Refused { status: 401 | 403, .. } => {
                "give credentials that may do this under [profiles.NAME.connect_http] in \
                 kafkaefd.toml"
            }
            ConnectError::Silent { silence: Silence::Tls(_), .. } => {
                "check the URL, and ca, cert and key under [profiles.NAME.connect_http] in \
                 kafkaefd.toml"
            }
            ConnectError::Rebalancing { .. } => "wait until the workers agree, then try again",
            ConnectError::NotStopped { connector, .. } => {
                return Some(format!("stop it first: kafkaefd admin connectors stop {connector}"));
            }
            ConnectError::Unsettled { .. } => {
                "give more time, or look at what it does: kafkaefd admin connectors status"
            }
            ConnectError::Unknown { .. } => {
                "check that the address is Kafka Connect's, and that it is new enough for this"
            }
            ConnectError::Strange { .. } | ConnectError::Address { .. } => {
                "give the URL of Kafka Connect, as http://localhost:8083, with --kafka-connect or \
                 $KAFKA_CONNECT"
            }
            ConnectError::Run(failure) => return failure.remedy.clone(),
            _ => return None,
        };
        Some(remedy.to_owned())
    }
}

/// Faults in one sentence: "`topic`: it is required; `file`: …".
fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}
