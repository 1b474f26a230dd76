//! What is registered, in memory and, where the stack has a folder, in it too.
//!
//! - `lookup`: what is there; `change`: what becomes of it; `kept`: the tables of the folder.
//! - `subject`: the versions of a subject; `scoped`: what holds for all subjects or for one.

mod change;
mod kept;
mod lookup;
mod scoped;
mod subject;

pub(super) use lookup::{Shared, Store};
pub(super) use scoped::Scoped;
pub(super) use subject::{Subject, Version};
