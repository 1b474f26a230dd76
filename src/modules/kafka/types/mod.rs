//! Handles, options and conversions.

mod acls;
mod bytes;
mod cluster;
mod coding;
mod configs;
mod consumer;
mod copy;
mod encoder;
mod envelope;
mod groups;
mod lines;
mod notes;
mod offsets;
mod printer;
mod producer;
mod record;
mod send_lines;
mod show;
mod timeout;
mod topics;
mod users;

pub use self::bytes::blob;
pub use acls::{AclOptions, acl_map};
pub use cluster::cluster_map;
pub use configs::{ConfigOptions, config_maps, synonym_maps};
pub use consumer::{Consumer, ConsumerSettings, topic_names};
pub use copy::copy;
pub use envelope::line as envelope_line;
pub use groups::{
    DeleteOptions, ForgetOptions, GroupsOptions, LagOptions, ResetOptions, group_map, group_names,
    lag_map, listed_group_map, move_map, place_map,
};
pub use notes::{note, note_map};
pub use offsets::{RecordsOptions, deletion_map, offset_map, watermark_map};
pub use producer::{ProducerSettings, delivery_map, message};
pub use record::{Record, header_map, header_pairs, record_map, value};
pub use send_lines::send_lines;
pub use show::show;
use timeout::timeout_of;
pub use timeout::{TIMEOUT, TimeoutOptions};
pub use topics::{
    CreateOptions, DeleteTopicOptions, GrowOptions, PartitionsOptions, TopicsOptions,
    overrides_map, partition_map, topic_map,
};
pub use users::{SetUserOptions, UsersOptions, credential_map};
