//! Stages that are closures of the script.

mod branch;
mod closure;
mod expression;
mod function;
mod returned;
mod states;

pub use branch::Branch;
pub use closure::{Closure, Role};
pub use expression::expression;
pub use function::{Function, Home};
pub use states::States;
