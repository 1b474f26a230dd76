//! The committed offsets of one group.

use std::collections::{BTreeMap, BTreeSet};

use kafka_protocol::ResponseError;

use super::pending::{Pending, Place, Placed};
use super::{Committed, Keeper, Kept};

/// The committed offsets of one group, by topic and partition.
///
/// Each change is kept before it is made; an error says that it could not be, and nothing changed.
#[derive(Debug, Default)]
pub struct Offsets {
    known: BTreeMap<String, BTreeMap<i32, Placed>>,
    pending: Pending,
    made: u64,
    keeper: Keeper,
}

impl Offsets {
    /// No offsets yet; `keeper` keeps them.
    pub fn new(keeper: Keeper) -> Offsets {
        Offsets { keeper, ..Offsets::default() }
    }

    /// Takes up an offset that was kept.
    pub fn restore(&mut self, kept: Kept) {
        let Kept { topic, partition, producer, placed, .. } = kept;
        self.made = self.made.max(placed.order);
        match producer {
            None => self.put(topic, partition, placed),
            Some(producer) => self.pending.hold(producer, (topic, partition), placed),
        }
    }

    /// Remembers `committed` for a partition.
    pub fn set(
        &mut self,
        topic: &str,
        partition: i32,
        committed: Committed,
    ) -> Result<(), ResponseError> {
        let placed = self.place(committed);
        self.keeper.save(|changes| self.keeper.put(changes, topic, partition, &placed))?;
        self.put(topic.to_owned(), partition, placed);
        Ok(())
    }

    /// Remembers `committed` for a partition once the transaction of `producer` is committed.
    pub fn hold(
        &mut self,
        producer: i64,
        topic: &str,
        partition: i32,
        committed: Committed,
    ) -> Result<(), ResponseError> {
        let placed = self.place(committed);
        let kept = (topic, partition, &placed);
        self.keeper.save(|changes| self.keeper.hold(changes, producer, kept))?;
        self.pending.hold(producer, (topic.to_owned(), partition), placed);
        Ok(())
    }

    /// Ends the transaction of `producer`. What was committed after its offsets stays.
    pub fn settle(&mut self, producer: i64, commit: bool) -> Result<(), ResponseError> {
        self.keeper.save(|mut changes| {
            for (place, placed) in self.pending.of(producer) {
                let (topic, partition) = place;
                changes = self.keeper.drop(changes, producer, topic, *partition);
                if commit && self.precedes(place, placed) {
                    changes = self.keeper.put(changes, topic, *partition, placed);
                }
            }
            changes
        })?;
        for (place, placed) in self.pending.take(producer) {
            if commit && self.precedes(&place, &placed) {
                self.put(place.0, place.1, placed);
            }
        }
        Ok(())
    }

    /// Drops what waits for the transactions of the producers that `gone` says yes to.
    pub fn drop_pending(&mut self, gone: impl Fn(i64) -> bool) -> Result<(), ResponseError> {
        let all: BTreeSet<i64> = self.pending.all().map(|(producer, _)| producer).collect();
        all.into_iter().filter(|producer| gone(*producer)).try_for_each(|id| self.settle(id, false))
    }

    /// Whether nothing was committed for `place` after `placed`.
    fn precedes(&self, (topic, partition): &Place, placed: &Placed) -> bool {
        let known = self.known.get(topic).and_then(|by| by.get(partition));
        known.is_none_or(|known| known.order < placed.order)
    }

    /// What was committed for a partition.
    pub fn get(&self, topic: &str, partition: i32) -> Option<&Committed> {
        Some(&self.known.get(topic)?.get(&partition)?.committed)
    }

    /// Whether an open transaction may change what is committed for a partition (KIP-447).
    pub fn unstable(&self, topic: &str, partition: i32) -> bool {
        self.pending.has(topic, partition)
    }

    /// Forgets a partition.
    pub fn remove(&mut self, topic: &str, partition: i32) -> Result<(), ResponseError> {
        self.forget(|name, number| name == topic && number == partition)
    }

    /// Forgets the partitions that `gone` says yes to.
    pub fn forget(&mut self, gone: impl Fn(&str, i32) -> bool) -> Result<(), ResponseError> {
        self.keeper.save(|mut changes| {
            for (topic, partition) in self.places().filter(|(topic, number)| gone(topic, *number)) {
                changes = self.keeper.delete(changes, topic, partition);
            }
            for (producer, (topic, partition)) in self.pending.all() {
                if gone(topic, *partition) {
                    changes = self.keeper.drop(changes, producer, topic, *partition);
                }
            }
            changes
        })?;
        self.pending.forget(&gone);
        for (topic, partitions) in &mut self.known {
            partitions.retain(|partition, _| !gone(topic, *partition));
        }
        self.known.retain(|_, partitions| !partitions.is_empty());
        Ok(())
    }

    /// Whether nothing was committed, nor waits for a transaction.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.pending.all().next().is_none()
    }

    /// The topics, each with the partitions for which something was committed.
    pub fn all(&self) -> Vec<(String, Vec<i32>)> {
        let partitions = |by: &BTreeMap<i32, Placed>| by.keys().copied().collect();
        self.known.iter().map(|(topic, by)| (topic.clone(), partitions(by))).collect()
    }

    fn places(&self) -> impl Iterator<Item = (&str, i32)> {
        let topics = self.known.iter();
        topics.flat_map(|(topic, by)| by.keys().map(move |partition| (topic.as_str(), *partition)))
    }

    fn place(&mut self, committed: Committed) -> Placed {
        self.made += 1;
        Placed { order: self.made, committed }
    }

    fn put(&mut self, topic: String, partition: i32, placed: Placed) {
        self.known.entry(topic).or_default().insert(partition, placed);
    }
}
