//! The interactive session.

mod command;
mod complete;
mod editor;
mod help;
mod highlight;
pub mod incomplete;
mod last;
pub mod lexer;
mod line;
mod run;
mod save;
mod session;
mod wrap;

pub use run::run;

/// The name under which errors show the lines of a session.
const NAME: &str = "session";
