//! The engine's own errors in words a script author can act on.

use rhai::{Engine, EvalAltResult};

use super::text::Report;
use crate::error::Kind;

/// The report of an error that the engine raised itself.
pub fn builtin(_engine: &Engine, error: &EvalAltResult) -> Report {
    let mut bare = error.to_string();
    if let Some(at) = bare.rfind(" (line ") {
        bare.truncate(at);
    }
    Report::new(Kind::Failed, bare)
}
