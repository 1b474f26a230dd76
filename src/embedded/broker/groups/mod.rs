//! Groups of consumers: their members, by one of two protocols, and what they committed.
//!
//! - `classic`: members join, their leader assigns.
//! - `consumer`: members heartbeat, the broker assigns (KIP-848).
//! - `group`, `convert`, `commit`: what both share; an empty group takes the protocol of who comes.
//! - `table`, `clock`: all groups, and the deadlines of each.

pub mod classic;
mod clock;
mod commit;
pub mod consumer;
mod convert;
mod group;
mod table;

pub use commit::Committer;
pub use group::{DEAD, Group, Protocol};
pub use table::{Groups, SharedGroup};
