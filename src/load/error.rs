//! What goes wrong with made-up load.

use crate::error::{Explain, Failure, Kind};
use crate::formats::avro::AvroError;

/// An error of the load room.
#[derive(Debug, Clone, thiserror::Error)]
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
    /// A value that was made for a field does not fit it.
    #[error(transparent)]
    Avro(#[from] AvroError),
    /// What makes the values of a field failed.
    #[error(transparent)]
    Made(#[from] Failure),
}

impl Explain for LoadError {
    fn kind(&self) -> Kind {
        match self {
            LoadError::Schema { .. } | LoadError::Field { .. } => Kind::Invalid,
            LoadError::Avro(error) => error.kind(),
            LoadError::Made(failure) => failure.kind,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            LoadError::Field { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            LoadError::Avro(error) => error.remedy(),
            LoadError::Made(failure) => failure.remedy.clone(),
            _ => None,
        }
    }
}
