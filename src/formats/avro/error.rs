//! What goes wrong with schemas and values, with the place in the value.

use std::fmt::Write as _;

use crate::error::{Explain, Kind};

/// An error of the Avro room.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AvroError {
    /// The text is no Avro schema.
    #[error("cannot parse the Avro schema: {0}")]
    Schema(String),
    /// The file holds no Avro schema.
    #[error("cannot parse the Avro schema in `{path}`: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with its text.
        reason: String,
    },
    /// The file cannot be read.
    #[error("cannot read the Avro schema in `{path}`: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// No writer can be compiled from the schema.
    #[error("cannot compile a writer for `{name}`: {why}")]
    Plan {
        /// The schema's name.
        name: String,
        /// Which field it is and why.
        why: String,
    },
    /// The value does not fit the schema.
    #[error("cannot encode {what}: {place}")]
    Encode {
        /// What was encoded: `record lsst.sal.X`.
        what: String,
        /// Where and why.
        place: Mismatch,
    },
    /// The bytes are not what the schema says.
    #[error("cannot decode {what}: {place}")]
    Decode {
        /// What was decoded: `record lsst.sal.X`.
        what: String,
        /// Where and why.
        place: Mismatch,
    },
}

impl AvroError {
    /// What is wrong, and where in the value, without what was attempted.
    pub fn reason(&self) -> String {
        match self {
            AvroError::Encode { place, .. } | AvroError::Decode { place, .. } => place.to_string(),
            other => other.to_string(),
        }
    }
}

impl Explain for AvroError {
    fn kind(&self) -> Kind {
        match self {
            AvroError::Unreadable { .. } => Kind::NotFound,
            _ => Kind::Invalid,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            AvroError::Decode { .. } => {
                Some("decode with the schema that the bytes were written with".to_owned())
            }
            _ => None,
        }
    }
}

/// One step from the root of a value to a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A field of a record.
    Field(String),
    /// An item of an array.
    Item(usize),
    /// An entry of a map.
    Key(String),
}

/// Why a value does not fit, and where in it.
#[derive(Debug, Clone)]
pub struct Mismatch {
    /// From the place up to the root: steps are added while the error travels outwards.
    pub(super) steps: Vec<Step>,
    pub(super) reason: Reason,
}

/// Why a value does not fit.
#[derive(Debug, Clone)]
pub(super) enum Reason {
    /// It has another type than these.
    Type { expected: Vec<String>, got: String },
    /// Anything else.
    Other(String),
}

impl Mismatch {
    pub(super) fn new(reason: impl Into<String>) -> Mismatch {
        Mismatch { steps: Vec::new(), reason: Reason::Other(reason.into()) }
    }

    pub(super) fn expected(expected: &str, got: String) -> Mismatch {
        Mismatch {
            steps: Vec::new(),
            reason: Reason::Type { expected: vec![expected.to_owned()], got },
        }
    }

    pub(super) fn inside(mut self, step: Step) -> Mismatch {
        self.steps.push(step);
        self
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            // Writing into a string cannot fail.
            let _ = match step {
                Step::Field(name) if path.is_empty() => write!(path, "{name}"),
                Step::Field(name) => write!(path, ".{name}"),
                Step::Item(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, "[{key:?}]"),
            };
        }
        path
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.steps.last() {
            None => {}
            Some(Step::Field(_)) => write!(f, "field {}: ", self.path())?,
            Some(_) => write!(f, "item {}: ", self.path())?,
        }
        match &self.reason {
            Reason::Type { expected, got } => {
                write!(f, "expected {}, got {got}", alternatives(expected))
            }
            Reason::Other(text) => f.write_str(text),
        }
    }
}

fn alternatives(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
