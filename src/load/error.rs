//! What goes wrong with made-up load.

use crate::error::{Explain, Failure, Kind};
use crate::formats::avro::AvroError;
use crate::formats::sal::SalError;

/// An error of the load room.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No values can be drawn for a schema.
    #[error("cannot make up values of `{name}`: {why}")]
    Schema {
        /// The schema's name.
        name: String,
        /// Which part of it, and why.
        why: String,
    },
    /// A field cannot have the values that were asked for.
    #[error("cannot make up field `{field}` of `{name}`: {why}")]
    Field {
        /// The schema's name.
        name: String,
        /// The field.
        field: String,
        /// What is wrong.
        why: String,
        /// A field that may have been meant.
        near: Option<String>,
    },
    /// A rate that is none.
    #[error("cannot keep the rate: {0}")]
    Rate(String),
    /// An experiment that lacks something, or wants what makes no sense.
    #[error("cannot run the experiment: {0}")]
    Experiment(String),
    /// What makes the values of a field failed, or made one that does not fit.
    #[error("cannot make up field `{field}` of `{name}` for record {record}: {}", .failure.message)]
    Made {
        /// The schema's name.
        name: String,
        /// The field.
        field: String,
        /// The number of the record, from 1.
        record: u64,
        /// What is wrong.
        failure: Box<Failure>,
    },
    /// A report that cannot be written.
    #[error("cannot write the report {path}: {why}")]
    Report {
        /// The name of the file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A threshold that cannot be read.
    #[error("cannot read the threshold `{text}`, column {column}: {why}")]
    Threshold {
        /// The threshold as it was given.
        text: String,
        /// Where in it, from 1.
        column: usize,
        /// What is wrong.
        why: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// The file of a run that cannot be written or read.
    #[error("cannot {attempt} the manifest `{path}`: {why}")]
    Manifest {
        /// `read` or `write`.
        attempt: String,
        /// The file.
        path: String,
        /// Why not.
        why: String,
    },
    /// What was written cannot be read.
    #[error(transparent)]
    Avro(#[from] AvroError),
    /// Kafka or the registry refused something.
    #[error(transparent)]
    Client(#[from] Failure),
    /// No text message can be written.
    #[error(transparent)]
    Sal(#[from] SalError),
}

impl Explain for LoadError {
    fn kind(&self) -> Kind {
        match self {
            LoadError::Schema { .. } | LoadError::Field { .. } | LoadError::Manifest { .. } => {
                Kind::Invalid
            }
            LoadError::Rate(_) | LoadError::Experiment(_) | LoadError::Threshold { .. } => {
                Kind::Usage
            }
            LoadError::Report { .. } => Kind::Failed,
            LoadError::Avro(error) => error.kind(),
            LoadError::Sal(error) => error.kind(),
            LoadError::Made { failure, .. } => failure.kind,
            LoadError::Client(failure) => failure.kind,
        }
    }

    fn code(&self) -> Option<i64> {
        match self {
            LoadError::Client(failure) => failure.code,
            LoadError::Made { failure, .. } => failure.code,
            _ => None,
        }
    }

    fn retriable(&self) -> bool {
        match self {
            LoadError::Client(failure) => failure.retriable,
            LoadError::Made { failure, .. } => failure.retriable,
            _ => false,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            LoadError::Field { near: Some(near), .. }
            | LoadError::Threshold { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            LoadError::Avro(error) => error.remedy(),
            LoadError::Sal(error) => error.remedy(),
            LoadError::Made { failure, .. } => failure.remedy.clone(),
            LoadError::Client(failure) => failure.remedy.clone(),
            LoadError::Threshold { .. } => {
                Some("write thresholds as \"p99 < 20ms\", \"lost == 0\" or \"rate > 99\"".into())
            }
            _ => None,
        }
    }
}
