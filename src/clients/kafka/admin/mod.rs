//! Administration: the cluster, its topics, their offsets and configs.

mod cluster;
mod configs;
mod handle;
mod offsets;
mod topics;

pub(in crate::clients::kafka) use cluster::pick;
pub use cluster::{Broker, Cluster, Partition, Topic};
pub use configs::ConfigEntry;
pub use handle::Admin;
pub use offsets::Watermarks;
pub use topics::{Created, NewTopic};
