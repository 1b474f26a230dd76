//! What every room reports in the same words: a kind, a code, whether a retry may help, a remedy.

use std::error::Error;

/// What went wrong, as far as a script or a shell must tell cases apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line or a function got arguments that make no sense.
    Usage,
    /// The input itself is wrong: a schema, a message, an interface file, a setting.
    Invalid,
    /// The topic, subject, schema, file or command does not exist.
    NotFound,
    /// It exists already.
    AlreadyExists,
    /// The server refused the credentials, or a permission is missing.
    Denied,
    /// The server's state forbids the change, for example an incompatible schema.
    Conflict,
    /// The server does not have what was asked of it.
    Unsupported,
    /// Nobody answers at the address.
    Unreachable,
    /// An answer did not arrive in time.
    Timeout,
    /// The user or a signal stopped the run.
    Cancelled,
    /// A limit of the host or of a pipeline was reached.
    Limit,
    /// More dead letters than allowed.
    DeadLetters,
    /// A run did not keep to its thresholds.
    Threshold,
    /// Continuing would break a promise: fenced, or a fatal error of the Kafka client.
    Fatal,
    /// A script raised it, or anything else.
    Failed,
}

impl Kind {
    /// The word scripts see as `err.kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Usage => "usage",
            Kind::Invalid => "invalid",
            Kind::NotFound => "not_found",
            Kind::AlreadyExists => "already_exists",
            Kind::Denied => "denied",
            Kind::Conflict => "conflict",
            Kind::Unsupported => "unsupported",
            Kind::Unreachable => "unreachable",
            Kind::Timeout => "timeout",
            Kind::Cancelled => "cancelled",
            Kind::Limit => "limit",
            Kind::DeadLetters => "dead_letters",
            Kind::Threshold => "threshold",
            Kind::Fatal => "fatal",
            Kind::Failed => "failed",
        }
    }

    /// The kind that [`Kind::as_str`] names; any other word is [`Kind::Failed`].
    pub fn from_word(word: &str) -> Kind {
        use Kind::{
            AlreadyExists, Cancelled, Conflict, DeadLetters, Denied, Failed, Fatal, Invalid, Limit,
            NotFound, Threshold, Timeout, Unreachable, Unsupported, Usage,
        };
        let all = [
            Usage,
            Invalid,
            NotFound,
            AlreadyExists,
            Denied,
            Conflict,
            Unsupported,
            Unreachable,
            Timeout,
            Cancelled,
            Limit,
            DeadLetters,
            Threshold,
            Fatal,
        ];
        all.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Failed)
    }

    /// The exit code of a process that ends with this kind.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Usage => 2,
            Kind::DeadLetters => 3,
            Kind::Fatal => 4,
            Kind::Threshold => 5,
            Kind::Cancelled => 130,
            _ => 1,
        }
    }
}

/// What an error enum of a room tells beside its message.
pub trait Explain: Error {
    /// The case scripts branch on.
    fn kind(&self) -> Kind;
    /// The number the server gave, if one did: a Kafka error code or a registry error code.
    fn code(&self) -> Option<i64> {
        None
    }
    /// Whether the same call may succeed later.
    fn retriable(&self) -> bool {
        false
    }
    /// One line that says what to do.
    fn remedy(&self) -> Option<String> {
        None
    }
}

/// An error on its way out of the program: the common form of every room's own.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The case scripts branch on.
    pub kind: Kind,
    /// The server's number for it, if any.
    pub code: Option<i64>,
    /// Whether the same call may succeed later.
    pub retriable: bool,
    /// What was attempted, on what, and why it failed.
    pub message: String,
    /// What to do, in one line.
    pub remedy: Option<String>,
}

impl Failure {
    /// A failure of `kind` with `message` and nothing else.
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure { kind, code: None, retriable: false, message: message.into(), remedy: None }
    }

    /// The same failure with a line that says what to do.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Failure {
        self.remedy = Some(remedy.into());
        self
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure {
            kind: error.kind(),
            code: error.code(),
            retriable: error.retriable(),
            message: error.to_string(),
            remedy: error.remedy(),
        }
    }
}
