//! Records that are too old, or too many, go.
//!
//! Kafka looks for them every five minutes and deletes whole segments. Here nobody looks while
//! nobody asks: a partition is looked through when it is used and the last look is so long ago, and
//! the unit is the batch, so that `segment.bytes` and `segment.ms` change nothing.

use kafka_protocol::ResponseError;

use super::log::{Partition, Retention};
use super::node::{Node, now_ms};
use super::topics::Topic;
use std::sync::Arc;

/// Partition `index` of `topic`, without what its retention has ended for.
pub fn partition(node: &Node, topic: &Topic, index: i32) -> Result<Arc<Partition>, ResponseError> {
    let partition = topic.partition(index)?;
    let now = now_ms();
    if partition.due(now, node.retention_check_ms) {
        partition.retain(node.settings.keep(topic), now);
    }
    Ok(partition)
}

/// Looks through all partitions at once, because the memory is full.
pub fn sweep(node: &Node) {
    let now = now_ms();
    for topic in node.topics.all() {
        let keep: Retention = node.settings.keep(&topic);
        for partition in topic.partitions() {
            partition.retain(keep, now);
        }
    }
}
