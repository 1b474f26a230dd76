//! How the partitions of the topics are shared among the members.

mod assignor;
mod range;
mod uniform;

pub use assignor::{Assignor, Claimant, NAMES, Topics};
