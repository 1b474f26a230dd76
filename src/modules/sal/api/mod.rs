//! The pages a script author reads, one a noun.

pub mod interfaces;
pub mod mock;
pub mod stage;
pub mod subsystem;
pub mod text;
pub mod topic;
