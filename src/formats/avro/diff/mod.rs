//! What changes from one schema to another.

mod change;
mod compare;
mod fields;
mod note;

pub use change::{Change, What};
pub use compare::diff;
pub use note::note;
