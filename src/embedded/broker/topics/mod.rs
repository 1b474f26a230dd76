//! The topics and their partitions.

mod keep;
mod restore;
mod table;
mod topic;

pub use table::Topics;
pub use topic::{Overrides, Topic};
