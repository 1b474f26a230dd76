//! The protocol of KIP-848: members heartbeat and say what they are subscribed to, the broker
//! assigns, and moves each member step by step from what it has to what it is to have.
//!
//! - `beat`: one heartbeat, from the request to the answer; `join`, `leave`: the first and the last.
//! - `subscription`: topics by name and by regular expression, and whether they changed.
//! - `assignors`, `target`: what each member is to have.
//! - `reconcile`: what it has; a partition is given away only when its owner has let go of it.
//! - `expire`: members that are silent, or do not let go, for too long.

mod assignment;
mod assignors;
mod beat;
mod errors;
mod expire;
mod group;
mod join;
mod leave;
mod member;
mod reconcile;
mod subscription;
mod target;

pub use assignment::Assignment;
pub use assignors::NAMES as ASSIGNORS;
pub use beat::{Beat, Beaten};
pub use errors::unknown_member;
pub use group::Group;
pub use member::{AWAY, JOINS, LEAVES, Member};
pub use subscription::Pattern;
