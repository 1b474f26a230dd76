//! Which partitions are ours: each has a lane while it is.

use std::sync::Arc;

use rdkafka::TopicPartitionList;

use super::lane::{Again, Lane};
use super::ticket::LANES;
use super::tracker::Tracker;
use super::{Entry, Ledger};

impl Ledger {
    /// Adds lanes for newly assigned partitions, under a new epoch.
    pub fn assign(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            let place = (self.name(element.topic()), element.partition());
            self.remove(element.topic(), element.partition());
            let least = self.workers.iter().enumerate().min_by_key(|(_, lanes)| **lanes);
            let worker = least.map_or(0, |(worker, _)| worker);
            self.add(place, worker, Tracker::default(), None);
        }
    }

    /// An assigned partition starts at the offset `next`, which is to be committed like any other.
    pub fn pin(&mut self, topic: &str, partition: i32, next: i64) {
        if let Some(entry) = self.entry_mut(topic, partition) {
            entry.tracker.pin(next);
        }
    }

    /// The offsets of `lane` went back: it gets a new tracker and a new epoch, for reports on what
    /// was read before must not count for the same offsets again.
    pub fn renew(&mut self, lane: &Lane) {
        self.epoch += 1;
        self.replace(lane, Tracker::default(), None);
    }

    /// No input of these partitions is to be begun; what was begun may be finished.
    pub fn leave(&mut self, partitions: &TopicPartitionList) {
        for element in partitions.elements() {
            if let Some(lane) = self.lane(element.topic(), element.partition()) {
                lane.leave();
            }
        }
    }

    /// The same of all partitions.
    pub fn leave_all(&self) {
        self.lanes().for_each(|lane| lane.leave());
    }

    /// Forgets revoked partitions; reports that arrive later are void.
    pub fn revoke(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            self.remove(element.topic(), element.partition());
        }
    }

    /// Forgets all partitions.
    pub fn forget(&mut self) {
        self.epoch += 1;
        let all: Vec<_> = self.lanes().cloned().collect();
        for lane in all {
            self.remove(&lane.topic, lane.partition);
        }
    }

    /// The lane of an assigned partition.
    pub fn lane(&self, topic: &str, partition: i32) -> Option<&Arc<Lane>> {
        self.entry(topic, partition).map(|entry| &entry.lane)
    }

    /// The lanes of all assigned partitions.
    pub fn lanes(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.entries.values().map(|entry| &entry.lane)
    }

    /// Puts another lane in the place of `lane`, with the same worker.
    pub(super) fn replace(&mut self, lane: &Lane, tracker: Tracker, again: Option<Again>) {
        self.remove(&lane.topic, lane.partition);
        self.add((lane.topic.clone(), lane.partition), lane.worker, tracker, again);
    }

    /// The name of a topic, shared by all its lanes.
    fn name(&self, topic: &str) -> Arc<str> {
        self.topics.get_key_value(topic).map_or_else(|| topic.into(), |(name, _)| name.clone())
    }

    fn add(
        &mut self,
        place: (Arc<str>, i32),
        worker: usize,
        tracker: Tracker,
        again: Option<Again>,
    ) {
        let free = |id: &u32| !self.entries.contains_key(id);
        let id = (1..LANES).map(|step| (self.last_id + step) % LANES).find(free);
        let id = id.unwrap_or_default();
        self.last_id = id;
        self.workers.get_mut(worker).iter_mut().for_each(|lanes| **lanes += 1);
        self.topics.entry(place.0.clone()).or_default().insert(place.1, id);
        let lane = Arc::new(Lane::new(id, place, self.epoch, worker).again(again));
        self.entries.insert(id, Entry { lane, tracker, bytes: 0, queued: 0, held: false });
    }

    /// With the lane goes all that is known of its inputs.
    fn remove(&mut self, topic: &str, partition: i32) {
        let Some(id) = self.topics.get_mut(topic).and_then(|parts| parts.remove(&partition)) else {
            return;
        };
        let Some(entry) = self.entries.remove(&id) else { return };
        entry.lane.annul();
        self.workers.get_mut(entry.lane.worker).iter_mut().for_each(|lanes| **lanes -= 1);
        self.bytes -= entry.bytes;
        self.queued -= entry.queued;
        self.holds += u64::from(entry.held);
    }
}
