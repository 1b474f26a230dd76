//! Why a fault was not set.

use crate::error::{Explain, Kind};
use crate::nearest::nearest;

/// A fault names something that Kafka does not have, or the broker does not serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No API of that name is served.
    #[error("the embedded broker serves no API `{name}`")]
    UnknownApi {
        /// The name that was given.
        name: String,
        /// The names of those that are.
        served: Vec<String>,
    },
    /// Kafka has no error of that name.
    #[error("Kafka has no error `{name}`")]
    UnknownError {
        /// The name that was given.
        name: String,
        /// The names of all errors.
        known: Vec<String>,
    },
    /// A fault that never happens is none.
    #[error("a fault that happens {0} times is none")]
    Never(i64),
}

impl Explain for FaultError {
    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn remedy(&self) -> Option<String> {
        let did_you_mean = |name: &str, known: &[String]| {
            let known = || known.iter().map(String::as_str);
            let longer = known().find(|known| !name.is_empty() && known.starts_with(name));
            longer.or_else(|| nearest(name, known())).map(|near| format!("did you mean {near}?"))
        };
        Some(match self {
            FaultError::UnknownApi { name, served } => did_you_mean(name, served)
                .unwrap_or_else(|| format!("it serves {}", served.join(", "))),
            FaultError::UnknownError { name, known } => {
                did_you_mean(name, known).unwrap_or_else(|| {
                    "give its name in Kafka's protocol guide, as NOT_LEADER_OR_FOLLOWER".to_owned()
                })
            }
            FaultError::Never(_) => "give 1 or more".to_owned(),
        })
    }
}
