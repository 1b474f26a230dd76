//! Why the registry did not do what was asked.

use crate::clients::exchange::Silence;
use crate::clients::http;
use crate::error::{Explain, Failure, Kind};
use crate::formats::avro::AvroError;

use super::kind::SchemaType;

/// The words for `Level`, in a message.
const LEVELS: &str =
    "NONE, BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL and FULL_TRANSITIVE";

/// An error of the Schema Registry or on the way to it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RegistryError {
    /// There is no answer.
    #[error("cannot {attempt}: {silence}")]
    Silent {
        /// What was attempted, on which registry.
        attempt: String,
        /// Why there is none.
        silence: Silence,
    },
    /// The registry answered with an error.
    #[error("cannot {attempt}: {message}")]
    Refused {
        /// What was attempted, on which registry.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// The registry's own number, as 40401.
        code: Option<i64>,
        /// The reason, in words.
        message: String,
    },
    /// Something answered that is no Schema Registry.
    #[error("cannot {attempt}: the answer is not a registry's: {start:?} (status {status})")]
    Strange {
        /// What was attempted, on which registry.
        attempt: String,
        /// The status of HTTP.
        status: u16,
        /// How the answer starts.
        start: String,
    },
    /// The registry's schema is no schema that can be read here.
    #[error("cannot {attempt}: {reason}")]
    Schema {
        /// What was attempted, on which registry.
        attempt: String,
        /// What is wrong with it.
        reason: Box<AvroError>,
    },
    /// The schema is in a language whose values cannot be read and written here.
    #[error("cannot use {what} for values: it is a {kind} schema, not Avro")]
    NotAvro {
        /// Which schema.
        what: String,
        /// Its language.
        kind: SchemaType,
    },
    /// The registry knows nothing of it.
    #[error("cannot {attempt}: this registry has no {what}")]
    Lacking {
        /// What was attempted, on which registry.
        attempt: String,
        /// What it has not: "modes".
        what: &'static str,
    },
    /// Schemas use schemas without an end.
    #[error(
        "cannot resolve the references to subject `{subject}`: they are more than {limit} deep"
    )]
    Depth {
        /// The subject where it was given up.
        subject: String,
        /// How deep is deep enough.
        limit: usize,
    },
    /// The word is no mode.
    #[error("`{0}` is no mode; the modes are READWRITE, READONLY and IMPORT")]
    Mode(String),
    /// The word is no language of schemas.
    #[error("`{0}` is no type of schema; the types are AVRO, JSON and PROTOBUF")]
    Type(String),
    /// The word is no compatibility level.
    #[error("`{0}` is no compatibility level; the levels are {LEVELS}")]
    Level(String),
    /// The address cannot be used.
    #[error("cannot use the registry `{url}`: {reason}")]
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

impl Explain for RegistryError {
    fn kind(&self) -> Kind {
        match self {
            RegistryError::Silent { silence, .. } => silence.kind(),
            RegistryError::Refused { status: 501, .. } | RegistryError::Lacking { .. } => {
                Kind::Unsupported
            }
            RegistryError::Refused { status, .. } => http::kind(*status),
            RegistryError::Strange { .. } => Kind::Failed,
            RegistryError::Schema { .. }
            | RegistryError::NotAvro { .. }
            | RegistryError::Depth { .. } => Kind::Invalid,
            RegistryError::Level(_)
            | RegistryError::Mode(_)
            | RegistryError::Type(_)
            | RegistryError::Address { .. } => Kind::Usage,
            RegistryError::Run(failure) => failure.kind,
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            RegistryError::Refused { code, .. } => *code,
            RegistryError::Run(failure) => failure.code,
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            RegistryError::Silent { silence, .. } => silence.may_pass(),
            // A proxy answers for a registry that starts or restarts.
            RegistryError::Strange { .. } => true,
            RegistryError::Refused { status: 501, .. } => false,
            RegistryError::Refused { status, .. } => *status >= 500 || matches!(status, 408 | 429),
            RegistryError::Run(failure) => failure.retriable,
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        let remedy = match self {
            RegistryError::Silent { silence: Silence::Unreachable(_), .. } => {
                "start the registry, or give another with --registry or $SCHEMAREGISTRY"
            }
            RegistryError::Refused { status: 401 | 403, .. } => {
                "give credentials that may do this under [profiles.NAME.registry_http] in kafkaefd.toml"
            }
            RegistryError::Silent { silence: Silence::Tls(_), .. } => {
                "check the URL, and ca, cert and key under [profiles.NAME.registry_http] in \
                 kafkaefd.toml"
            }
            RegistryError::Refused { status: 501, .. } => {
                "use a real registry: --profile local, or --registry URL"
            }
            RegistryError::Refused { status: 409, attempt, .. }
                if attempt.starts_with("register") =>
            {
                "change the schema, or lower the subject's level with registry::set_level"
            }
            RegistryError::Strange { .. } | RegistryError::Address { .. } => {
                "give the registry's URL, as http://localhost:8081, with --registry or \
                 $SCHEMAREGISTRY"
            }
            RegistryError::Run(failure) => return failure.remedy.clone(),
            _ => return None,
        };
        Some(remedy.to_owned())
    }
}

impl RegistryError {
    /// The same error, or that the registry has no `what` where it knows the path as little as
    /// a registry without them does.
    pub(super) fn or_lacking(self, what: &'static str) -> RegistryError {
        match self {
            RegistryError::Strange { attempt, status: 204 | 404 | 405, .. }
            | RegistryError::Refused { attempt, code: Some(404 | 405), .. } => {
                RegistryError::Lacking { attempt, what }
            }
            other => other,
        }
    }

    /// Whether a subject has no level or mode of its own: 40408 and 40409; 40401 of registries
    /// before 7.0.
    pub(super) fn is_unset(&self) -> bool {
        matches!(self, RegistryError::Refused { code: Some(40401 | 40408 | 40409), .. })
    }
}
