//! The classic protocol: members join, their leader assigns, all heartbeat.
//!
//! The rules are those of Kafka's group coordinator: KIP-394 (a member learns its id first),
//! KIP-345 (static members), KIP-429 (cooperative assignors need nothing of the broker).

mod beat;
mod expire;
mod group;
mod join;
mod leave;
mod member;
mod rebalance;
mod subscription;
mod sync;

pub use group::{Group, State};
pub use join::{JoinRequest, Joined, JoinedMember};
pub use member::{Member, Ticket};
pub use sync::{SyncRequest, Synced};
