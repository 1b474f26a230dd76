//! The topics and their partitions.

mod keep;
pub mod names;
mod restore;
mod table;
mod topic;

pub use table::Topics;
pub use topic::{Overrides, Topic};
