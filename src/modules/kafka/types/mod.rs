//! Handles, options and conversions.

mod admin;
mod bytes;
mod consumer;
mod envelope;
mod filter;
mod groups;
mod pattern;
mod printer;
mod producer;
mod record;
mod show;

pub use self::bytes::blob;
pub use admin::{
    CreateOptions, DeleteOptions, GrowOptions, OffsetOptions, TimeoutOptions, TopicsOptions,
    cluster_map, config_changes, config_map, partition_map, select, topic_map, watermark_map,
};
use admin::{TIMEOUT, timeout_of};
pub use consumer::{Consumer, ConsumerSettings, topic_names};
pub use envelope::line as envelope_line;
pub use filter::Filter;
pub use groups::{
    ForgetOptions, GroupsOptions, LagOptions, ResetOptions, group_map, group_names, lag_map,
    listed_group_map, move_map, place_map,
};
pub use producer::{ProducerSettings, delivery_map, message};
pub use record::{Record, header_map, record_map};
pub use show::show;
