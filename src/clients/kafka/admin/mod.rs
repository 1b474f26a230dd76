//! Administration: the cluster, its topics, their offsets and configs.

pub mod acls;
mod cluster;
mod configs;
mod groups;
mod handle;
mod offsets;
mod records;
mod settle;
mod topics;
pub mod users;

pub(in crate::clients::kafka) use cluster::pick;
pub use cluster::{Broker, Cluster, Partition, Topic};
pub use configs::{ConfigChanges, ConfigEntry, ConfigSynonym, Overrides};
pub use groups::{
    Chosen, Coordinator, Group, ListedGroup, Member, Move, PartitionLag, Reset, Target,
};
pub use handle::Admin;
pub use offsets::Watermarks;
pub use records::{Before, Deletion};
pub use topics::{Created, NewTopic};
