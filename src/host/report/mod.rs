//! Errors as people read them: message, place with a caret, call trace, remedy.

mod error;
mod explain;
mod names;
mod text;

pub use error::of_error;
pub use text::{Place, Report};
