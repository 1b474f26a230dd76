//! Faults on demand: what happens to the next requests other than usual, and who asked for it.
//!
//! Tests come in by `server::Control`, scripts by the module `embedded`.

mod error;
mod fate;
mod injector;
mod names;
mod refuse;
mod rules;
mod seen;

pub use error::FaultError;
pub use fate::{Delay, Fate};
pub use injector::Faults;
pub use refuse::Refuse;
