//! What a consumer group committed.

use std::collections::BTreeMap;

/// The longest note that may go with an offset: Kafka's `offset.metadata.max.bytes`.
pub const MAX_METADATA: usize = 4096;

/// A committed offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The offset of the next record to read.
    pub offset: i64,
    /// The leader's epoch of the last record read, or -1.
    pub leader_epoch: i32,
    /// The consumer's note.
    pub metadata: String,
}

/// The committed offsets of one group, by topic and partition.
#[derive(Debug, Default)]
pub struct Offsets(BTreeMap<String, BTreeMap<i32, Committed>>);

impl Offsets {
    /// Remembers `committed` for a partition.
    pub fn set(&mut self, topic: &str, partition: i32, committed: Committed) {
        self.0.entry(topic.to_owned()).or_default().insert(partition, committed);
    }

    /// What was committed for a partition.
    pub fn get(&self, topic: &str, partition: i32) -> Option<&Committed> {
        self.0.get(topic)?.get(&partition)
    }

    /// Forgets a partition; false if nothing was committed for it.
    pub fn remove(&mut self, topic: &str, partition: i32) -> bool {
        let Some(partitions) = self.0.get_mut(topic) else {
            return false;
        };
        let known = partitions.remove(&partition).is_some();
        if partitions.is_empty() {
            self.0.remove(topic);
        }
        known
    }

    /// Forgets a topic.
    pub fn forget(&mut self, topic: &str) {
        self.0.remove(topic);
    }

    /// The topics, each with the partitions for which something was committed.
    pub fn all(&self) -> Vec<(String, Vec<i32>)> {
        let partitions = |by: &BTreeMap<i32, Committed>| by.keys().copied().collect();
        self.0.iter().map(|(topic, by)| (topic.clone(), partitions(by))).collect()
    }
}
