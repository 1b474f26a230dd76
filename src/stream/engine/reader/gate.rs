//! When reading pauses: too much on its way, or a partition whose next record must wait.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::member::Member;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::desk::Desk;
use crate::stream::engine::ledger::lane::Lane;

/// How long reading stands still before it pauses: each pause drops what was prefetched.
const PATIENCE: Duration = Duration::from_millis(250);
/// How often a paused consumer is polled, so that it stays in its group.
const POLL_EVERY: Duration = Duration::from_millis(100);

/// Decides which partitions are paused. A paused consumer is still polled.
pub struct Gate {
    most: isize,
    /// Above the limit, and since then not below half of it.
    closed: bool,
    /// All the records that the run may have are with the workers.
    full: bool,
    /// Closed for long enough to pause all partitions.
    pausing: bool,
    /// For how long it was waited since it closed.
    waited: Duration,
    /// Those that are paused, each in which lane: a new assignment is not paused.
    paused: BTreeMap<(Arc<str>, i32), u32>,
    /// The state of the ledger and the gate to which `paused` belongs.
    applied: (u64, u64, bool),
}

impl Gate {
    /// A gate that closes at `most` bytes and opens again at half of them.
    pub fn new(most: usize) -> Gate {
        let most = isize::try_from(most).unwrap_or(isize::MAX).max(1);
        let (closed, full, pausing) = (false, false, false);
        let (paused, waited) = (BTreeMap::new(), Duration::ZERO);
        Gate { most, closed, full, pausing, waited, paused, applied: (0, 0, false) }
    }

    /// Takes note of the bytes that are on their way, and of whether no more records may be. Bytes
    /// that wait behind a record to be tried again take room from the others, but do not keep them
    /// waiting.
    pub fn measure(&mut self, ledger: &Ledger, full: bool) {
        self.full = full;
        let bytes = ledger.bytes - ledger.held_bytes();
        self.closed =
            if self.closed { bytes > self.half(ledger) } else { bytes >= self.room(ledger) };
        self.pausing &= self.closed();
        if !self.closed() {
            self.waited = Duration::ZERO;
        }
    }

    /// Whether no record may be handed to a worker.
    pub fn closed(&self) -> bool {
        self.closed || self.full
    }

    /// How many more bytes may be read.
    pub fn left(&self, ledger: &Ledger) -> usize {
        (self.room(ledger) - ledger.bytes + ledger.held_bytes()).max(1) as usize
    }

    /// Whether it is closed for so long that the consumer is paused.
    pub fn is_pausing(&self) -> bool {
        self.pausing
    }

    /// How many partitions are paused.
    pub fn paused(&self) -> usize {
        self.paused.len()
    }

    /// Waits until there is room, for at most `limit` and a time that is short enough to be polled in
    /// between; a gate that stays closed pauses the consumer.
    pub fn wait(&mut self, desk: &Desk, limit: Duration) {
        let wait = limit.min(if self.pausing { POLL_EVERY } else { PATIENCE });
        if self.closed {
            let most = {
                let ledger = desk.lock();
                ledger.held_bytes() + self.half(&ledger)
            };
            desk.wait_for_room(most, wait);
        } else {
            desk.wait_for_report(wait);
        }
        self.waited = self.waited.saturating_add(wait);
        self.pausing = self.waited >= PATIENCE;
    }

    /// Pauses and resumes partitions where they are not what they should be.
    pub fn apply(&mut self, consumer: &BaseConsumer<Member>, desk: &Desk) {
        let ledger = desk.lock();
        let state = (ledger.epoch, ledger.holds, self.pausing);
        if state == self.applied {
            return;
        }
        let place = |lane: &Arc<Lane>| ((lane.topic.clone(), lane.partition), lane.id);
        let wanted: BTreeMap<_, _> = if self.pausing {
            ledger.lanes().map(place).collect()
        } else {
            ledger.held().map(place).collect()
        };
        let assigned = |place: &(Arc<str>, i32)| ledger.lane(&place.0, place.1).is_some();
        self.paused.retain(|place, _| assigned(place));
        drop(ledger);
        let pause = wanted.iter().filter(|(place, lane)| self.paused.get(*place) != Some(lane));
        let resume = self.paused.keys().filter(|place| !wanted.contains_key(*place));
        let result = consumer
            .pause(&list(pause.map(|(place, _)| place)))
            .and_then(|()| consumer.resume(&list(resume)));
        match result {
            Ok(()) => (self.applied, self.paused) = (state, wanted),
            Err(error) => tracing::warn!(%error, "cannot pause or resume reading"),
        }
    }

    /// The limit less what waits to be tried again, but always something.
    fn room(&self, ledger: &Ledger) -> isize {
        (self.most - ledger.held_bytes()).max(self.most / 8)
    }

    fn half(&self, ledger: &Ledger) -> isize {
        self.room(ledger) / 2
    }
}

fn list<'a>(places: impl Iterator<Item = &'a (Arc<str>, i32)>) -> TopicPartitionList {
    let mut list = TopicPartitionList::new();
    for (topic, partition) in places {
        list.add_partition(topic, *partition);
    }
    list
}
