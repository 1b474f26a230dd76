//! What an error of the registry, or of Avro, means for a record.

use crate::clients::registry::RegistryError;
use crate::error::{Failure, Kind};
use crate::stream::StageError;

/// A registry that says it has no such subject, version or schema; without such a number it was
/// something else on the way that did not know the path.
pub const NOT_FOUND: [i64; 3] = [40401, 40402, 40403];

/// A schema that the registry does not have is the record's fault, its trouble is none.
pub fn of_registry(error: RegistryError) -> StageError {
    let failure = Failure::from(error);
    let known = failure.code.is_some_and(|code| NOT_FOUND.contains(&code));
    if failure.kind == Kind::NotFound && !known {
        return StageError::Transient(failure);
    }
    StageError::classify(failure)
}

/// The bytes, or the value, are at fault.
pub fn invalid(why: impl std::fmt::Display) -> StageError {
    StageError::poison(Kind::Invalid.as_str(), why.to_string())
}
