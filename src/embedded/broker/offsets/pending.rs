//! Offsets of transactions that have not ended.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::Committed;

/// An offset with its place in the order of all commits of the group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Placed {
    /// Later commits have higher numbers.
    pub order: u64,
    /// What was committed.
    pub committed: Committed,
}

/// A topic and a partition's number.
pub type Place = (String, i32);

/// The offsets of open transactions, by producer.
#[derive(Debug, Default)]
pub struct Pending(HashMap<i64, BTreeMap<Place, Placed>>);

impl Pending {
    /// Keeps `placed` until the transaction of `producer` ends.
    pub fn hold(&mut self, producer: i64, place: Place, placed: Placed) {
        self.0.entry(producer).or_default().insert(place, placed);
    }

    /// What is kept for `producer`.
    pub fn of(&self, producer: i64) -> impl Iterator<Item = (&Place, &Placed)> {
        self.0.get(&producer).into_iter().flatten()
    }

    /// Hands out what was kept for `producer`.
    pub fn take(&mut self, producer: i64) -> BTreeMap<Place, Placed> {
        self.0.remove(&producer).unwrap_or_default()
    }

    /// All that is kept, each with its producer.
    pub fn all(&self) -> impl Iterator<Item = (i64, &Place)> {
        let places = self.0.iter();
        places.flat_map(|(producer, places)| places.keys().map(|place| (*producer, place)))
    }

    /// Whether an open transaction has an offset for a partition.
    pub fn has(&self, topic: &str, partition: i32) -> bool {
        let place = |(name, number): &Place| name == topic && *number == partition;
        self.0.values().any(|places| places.keys().any(place))
    }

    /// Forgets what `gone` says yes to.
    pub fn forget(&mut self, gone: impl Fn(&str, i32) -> bool) {
        for places in self.0.values_mut() {
            places.retain(|(topic, partition), _| !gone(topic, *partition));
        }
        self.0.retain(|_, places| !places.is_empty());
    }
}
