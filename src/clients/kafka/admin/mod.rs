//! Administration: the cluster, its topics, their offsets and configs.

mod cluster;
mod configs;
mod handle;
mod offsets;
mod records;
mod settle;
mod topics;

pub(in crate::clients::kafka) use cluster::pick;
pub use cluster::{Broker, Cluster, Partition, Topic};
pub use configs::{ConfigChanges, ConfigEntry, ConfigSynonym};
pub use handle::Admin;
pub use offsets::Watermarks;
pub use records::{Before, Deletion};
pub use topics::{Created, NewTopic};
