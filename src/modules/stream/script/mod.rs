//! Stages that are closures of the script.

mod branch;
mod captured;
mod closure;
mod function;
mod returned;

pub use branch::Branch;
pub use closure::{Closure, Role};
pub use function::Function;
