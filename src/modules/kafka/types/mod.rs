//! Handles, options and conversions.

mod admin;
mod consumer;
mod producer;
mod record;
mod text;

pub use admin::{
    ConfigChanges, CreateOptions, DeleteOptions, GrowOptions, OffsetOptions, TimeoutOptions,
    TopicsOptions, cluster_map, config_map, partition_map, select, topic_map, watermark_map,
};
pub use consumer::{Consumer, ConsumerSettings, topic_names};
pub use producer::{ProducerSettings, delivery_map, message};
pub use record::{Record, header_map, record_map};
pub use text::blob;
