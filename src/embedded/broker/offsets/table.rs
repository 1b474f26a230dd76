//! The committed offsets of one group.

use std::collections::BTreeMap;

use super::Committed;
use super::pending::{Pending, Placed};

/// The committed offsets of one group, by topic and partition.
#[derive(Debug, Default)]
pub struct Offsets {
    known: BTreeMap<String, BTreeMap<i32, Placed>>,
    pending: Pending,
    made: u64,
}

impl Offsets {
    /// Remembers `committed` for a partition.
    pub fn set(&mut self, topic: &str, partition: i32, committed: Committed) {
        let placed = self.place(committed);
        self.put(topic.to_owned(), partition, placed);
    }

    /// Remembers `committed` for a partition once the transaction of `producer` is committed.
    pub fn hold(&mut self, producer: i64, topic: &str, partition: i32, committed: Committed) {
        let placed = self.place(committed);
        self.pending.hold(producer, (topic.to_owned(), partition), placed);
    }

    /// Ends the transaction of `producer`. What was committed after its offsets stays.
    pub fn settle(&mut self, producer: i64, commit: bool) {
        for ((topic, partition), placed) in self.pending.take(producer) {
            let known = self.known.get(&topic).and_then(|by| by.get(&partition));
            if commit && known.is_none_or(|known| known.order < placed.order) {
                self.put(topic, partition, placed);
            }
        }
    }

    /// What was committed for a partition.
    pub fn get(&self, topic: &str, partition: i32) -> Option<&Committed> {
        Some(&self.known.get(topic)?.get(&partition)?.committed)
    }

    /// Whether an open transaction may change what is committed for a partition (KIP-447).
    pub fn unstable(&self, topic: &str, partition: i32) -> bool {
        self.pending.has(topic, partition)
    }

    /// Forgets a partition; false if nothing was committed for it.
    pub fn remove(&mut self, topic: &str, partition: i32) -> bool {
        self.pending.forget(|name, number| name == topic && number == partition);
        let Some(partitions) = self.known.get_mut(topic) else {
            return false;
        };
        let known = partitions.remove(&partition).is_some();
        if partitions.is_empty() {
            self.known.remove(topic);
        }
        known
    }

    /// Forgets a topic.
    pub fn forget(&mut self, topic: &str) {
        self.pending.forget(|name, _| name == topic);
        self.known.remove(topic);
    }

    /// The topics, each with the partitions for which something was committed.
    pub fn all(&self) -> Vec<(String, Vec<i32>)> {
        let partitions = |by: &BTreeMap<i32, Placed>| by.keys().copied().collect();
        self.known.iter().map(|(topic, by)| (topic.clone(), partitions(by))).collect()
    }

    fn place(&mut self, committed: Committed) -> Placed {
        self.made += 1;
        Placed { order: self.made, committed }
    }

    fn put(&mut self, topic: String, partition: i32, placed: Placed) {
        self.known.entry(topic).or_default().insert(partition, placed);
    }
}
