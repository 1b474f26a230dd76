//! Faults on demand: what happens to the next requests other than usual, and who asked for it.

mod error;
mod fate;
mod names;
mod refuse;
mod rules;
mod seen;
mod table;

pub use error::FaultError;
pub use fate::{Delay, Fate};
pub use refuse::Refuse;
pub use table::Faults;
