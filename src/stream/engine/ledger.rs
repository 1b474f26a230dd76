//! What is assigned, queued, in flight and done.
//!
//! A tracker knows which offsets of its partition are done; the ledger knows which partitions there
//! are, finds the tracker of each report and adds up what is on its way. Reader, workers and the
//! producer's thread write it together, at the [`desk`].

pub mod desk;
pub mod lane;
pub mod ticket;
pub mod tracker;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Instant;

use rdkafka::error::KafkaError;
use rdkafka::{Offset, TopicPartitionList};

use self::lane::{Batch, Lane};
use self::ticket::{LANES, Ticket};
use self::tracker::Tracker;
use crate::clients::kafka::Record;
use crate::stream::{StreamError, Summary};

/// One assigned partition: its lane, and what is known of its inputs.
struct Entry {
    lane: Arc<Lane>,
    tracker: Tracker,
    /// Bytes that are queued for the worker, worked on, or not acknowledged.
    bytes: isize,
    /// Records that were handed to the worker and are not finished.
    queued: usize,
    /// A record of it waits to be tried again.
    held: bool,
}

/// What a worker made of inputs of one lane that follow each other.
#[derive(Debug, Default)]
pub struct Finished {
    /// The number of the first input.
    pub first: u64,
    /// For each input how many records were sent, and their bytes.
    pub outputs: Vec<(i32, usize)>,
}

/// What is assigned, queued, in flight and done.
#[derive(Default)]
pub struct Ledger {
    topics: HashMap<Arc<str>, BTreeMap<i32, u32>>,
    entries: HashMap<u32, Entry>,
    last_id: u32,
    /// How many lanes each worker has.
    workers: Vec<usize>,
    /// Rises with every assignment.
    pub epoch: u64,
    /// Rises whenever another set of partitions should be paused.
    pub holds: u64,
    /// Bytes that are queued, worked on or not acknowledged.
    pub bytes: isize,
    /// Records that were handed to workers and are not finished.
    pub queued: usize,
    /// Records sent less reports; a report may come before the entry of what was sent.
    pub unreported: isize,
    /// Workers in the middle of a batch.
    pub busy: usize,
    /// The reader waits until there are no more bytes than this.
    pub room_at: Option<isize>,
    /// How many others wait for anything to be settled.
    pub waiting: usize,
    /// What was done so far.
    pub counts: Summary,
    /// Why the run cannot go on: the first reason.
    pub failed: Option<StreamError>,
    /// The first record that could not be delivered.
    pub undelivered: Option<Undelivered>,
    /// A worker found that the producer takes nothing more.
    pub broken: bool,
    /// An input was broken off when some of what was made of it had been sent.
    torn: bool,
}

/// A record that could not be delivered.
pub struct Undelivered {
    /// The input it was made from.
    pub input: String,
    pub target: String,
    pub error: KafkaError,
}

/// Who has which partition.
impl Ledger {
    /// An empty ledger for so many workers.
    pub fn new(workers: usize) -> Ledger {
        Ledger { workers: vec![0; workers.max(1)], ..Ledger::default() }
    }

    /// Opens lanes for newly assigned partitions, under a new epoch.
    pub fn assign(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            let place = (self.name(element.topic()), element.partition());
            self.close(element.topic(), element.partition());
            let least = self.workers.iter().enumerate().min_by_key(|(_, lanes)| **lanes);
            let worker = least.map_or(0, |(worker, _)| worker);
            self.open(place, worker, Tracker::default());
        }
    }

    /// An assigned partition starts at the offset `next`, which is to be committed like any other.
    pub fn pin(&mut self, topic: &str, partition: i32, next: i64) {
        if let Some(entry) = self.entry(topic, partition) {
            entry.tracker.pin(next);
        }
    }

    /// The offsets of `lane` went back: it gets a new tracker and a new epoch, for reports on what
    /// was read before must not close the same offsets again.
    pub fn renew(&mut self, lane: &Lane) {
        self.epoch += 1;
        self.close(&lane.topic, lane.partition);
        let place = (lane.topic.clone(), lane.partition);
        self.open(place, lane.worker, Tracker::default());
    }

    /// No record of these partitions is to be started on; what was started may be finished.
    pub fn leave(&mut self, partitions: &TopicPartitionList) {
        for element in partitions.elements() {
            if let Some(lane) = self.lane(element.topic(), element.partition()) {
                lane.leave();
            }
        }
    }

    /// Forgets revoked partitions; reports that arrive later are void.
    pub fn revoke(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            self.close(element.topic(), element.partition());
        }
    }

    /// Forgets all partitions.
    pub fn forget(&mut self) {
        self.epoch += 1;
        let all: Vec<_> = self.lanes().cloned().collect();
        for lane in all {
            self.close(&lane.topic, lane.partition);
        }
    }

    /// The lane of an assigned partition.
    pub fn lane(&self, topic: &str, partition: i32) -> Option<&Arc<Lane>> {
        let id = self.topics.get(topic)?.get(&partition)?;
        self.entries.get(id).map(|entry| &entry.lane)
    }

    /// The lanes of all assigned partitions.
    pub fn lanes(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.entries.values().map(|entry| &entry.lane)
    }

    /// The lanes in which a record waits to be tried again.
    pub fn held(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.entries.values().filter(|entry| entry.held).map(|entry| &entry.lane)
    }

    /// The bytes in those lanes.
    pub fn held_bytes(&self) -> isize {
        self.entries.values().filter(|entry| entry.held).map(|entry| entry.bytes).sum()
    }

    fn name(&self, topic: &str) -> Arc<str> {
        self.topics.get_key_value(topic).map_or_else(|| topic.into(), |(name, _)| name.clone())
    }

    fn open(&mut self, place: (Arc<str>, i32), worker: usize, tracker: Tracker) {
        let free = |id: &u32| !self.entries.contains_key(id);
        let id = (1..LANES).map(|step| (self.last_id + step) % LANES).find(free);
        let id = id.unwrap_or_default();
        self.last_id = id;
        self.workers.get_mut(worker).iter_mut().for_each(|lanes| **lanes += 1);
        self.topics.entry(place.0.clone()).or_default().insert(place.1, id);
        let lane = Arc::new(Lane::new(id, place, self.epoch, worker));
        self.entries.insert(id, Entry { lane, tracker, bytes: 0, queued: 0, held: false });
    }

    fn close(&mut self, topic: &str, partition: i32) {
        let Some(id) = self.topics.get_mut(topic).and_then(|parts| parts.remove(&partition)) else {
            return;
        };
        let Some(entry) = self.entries.remove(&id) else { return };
        entry.lane.end();
        self.workers.get_mut(entry.lane.worker).iter_mut().for_each(|lanes| **lanes -= 1);
        self.bytes -= entry.bytes;
        self.queued -= entry.queued;
        self.holds += u64::from(entry.held);
    }

    fn entry(&mut self, topic: &str, partition: i32) -> Option<&mut Entry> {
        let id = self.topics.get(topic)?.get(&partition)?;
        self.entries.get_mut(id)
    }
}

/// What becomes of records.
impl Ledger {
    /// The record at `offset` was read, the first of a batch; returns the lane it goes to.
    pub fn read(&mut self, topic: &str, partition: i32, offset: i64) -> Option<Arc<Lane>> {
        let entry = self.entry(topic, partition)?;
        entry.tracker.read(offset);
        Some(entry.lane.clone())
    }

    /// Records go to a worker; false where their lane is no longer ours.
    pub fn queue(&mut self, batch: &Batch) -> bool {
        let Some(entry) = self.entries.get_mut(&batch.lane.id) else { return false };
        entry.bytes += batch.bytes as isize;
        entry.queued += batch.records.len();
        self.bytes += batch.bytes as isize;
        self.queued += batch.records.len();
        true
    }

    /// A worker starts on records; returns the number of the first, or none where their lane is no
    /// longer ours. [`Ledger::end`] must follow.
    pub fn begin(&mut self, batch: &Batch) -> Option<u64> {
        if batch.lane.gone() {
            return None;
        }
        let tracker = &mut self.entries.get_mut(&batch.lane.id)?.tracker;
        let mut begin =
            |record: &Record| tracker.begin(record.offset(), record.size(), batch.since);
        let first = batch.records.iter().map(&mut begin).min()?;
        self.busy += 1;
        Some(first)
    }

    /// A worker finished records, each with all that was made of it sent.
    pub fn finish(&mut self, lane: &Lane, finished: &Finished) {
        let count = finished.outputs.len();
        self.counts.consumed += count as u64;
        let skipped = finished.outputs.iter().filter(|(sent, _)| *sent == 0).count();
        self.counts.skipped += skipped as u64;
        self.unreported += finished.outputs.iter().map(|(sent, _)| *sent as isize).sum::<isize>();
        let Some(entry) = self.entries.get_mut(&lane.id) else { return };
        let mut free = 0;
        for (number, (sent, bytes)) in (finished.first..).zip(&finished.outputs) {
            free += entry.tracker.finish(number, *sent, *bytes);
        }
        entry.bytes -= free;
        entry.queued = entry.queued.saturating_sub(count);
        self.bytes -= free;
        self.queued = self.queued.saturating_sub(count);
    }

    /// A worker leaves off; the records from `number` on were not started on. Of the one before them
    /// `sent` records were sent and will be reported, although it is not finished.
    pub fn end(&mut self, lane: &Lane, number: u64, sent: isize) {
        self.busy -= 1;
        self.unreported += sent;
        if let Some(entry) = self.entries.get_mut(&lane.id) {
            entry.tracker.cut(number);
        }
    }

    /// The first record of the lane's queue waits to be tried again, or does so no longer.
    pub fn hold(&mut self, lane: &Lane, held: bool) {
        if let Some(entry) = self.entries.get_mut(&lane.id)
            && entry.held != held
        {
            entry.held = held;
            self.holds += 1;
        }
    }

    /// A record that was sent is acknowledged; or will never be, because of an error, with the name
    /// of its topic: then the input stays open and its offset is never committed. Returns when the
    /// input was read, where that is known still.
    pub fn report(&mut self, ticket: Ticket, why: Option<(&KafkaError, &str)>) -> Option<Instant> {
        self.unreported -= 1;
        match (why, ticket.dead_letter()) {
            (None, true) => self.counts.dead_letters += 1,
            (None, false) => self.counts.produced += 1,
            (Some(_), _) => {}
        }
        // Of a partition that somebody else has now: that member makes it again.
        let entry = self.entries.get_mut(&ticket.lane())?;
        let number = ticket.number(entry.tracker.first());
        let input = entry.tracker.input(number)?;
        let since = input.since;
        if let Some((error, target)) = why {
            let input = entry.lane.at(input.offset);
            let (target, error) = (target.to_owned(), error.clone());
            self.undelivered.get_or_insert(Undelivered { input, target, error });
            return None;
        }
        let free = entry.tracker.acknowledge(number);
        entry.bytes -= free;
        self.bytes -= free;
        Some(since)
    }

    /// Whether something happened that the reader must look at.
    pub fn trouble(&self) -> bool {
        self.failed.is_some() || self.undelivered.is_some() || self.broken
    }

    /// Why the pipeline must end, if a record could not be delivered.
    pub fn failure(&self) -> Option<StreamError> {
        let Undelivered { input, target, error } = self.undelivered.as_ref()?;
        let attempt = format!("deliver what was made of {input} to topic `{target}`");
        Some(StreamError::refused(&attempt, error))
    }

    /// Whether what was begun in `which` partitions, or anywhere, is done.
    pub fn drained(&self, which: Option<&TopicPartitionList>) -> bool {
        let Some(partitions) = which else { return self.busy == 0 && self.unreported <= 0 };
        partitions.elements().iter().all(|element| {
            let id = self.topics.get(element.topic()).and_then(|t| t.get(&element.partition()));
            let entry = id.and_then(|id| self.entries.get(id));
            entry.is_none_or(|entry| entry.tracker.idle())
        })
    }

    /// Whether nothing of `which` partitions is queued, worked on or in flight.
    pub fn quiet(&self, which: &TopicPartitionList) -> bool {
        self.drained(Some(which)) && self.queued == 0
    }

    /// The first offset of a partition that is not done; none where everything that was read is.
    pub fn next_open(&self, topic: &str, partition: i32) -> Option<i64> {
        let entry = self.entries.get(self.topics.get(topic)?.get(&partition)?)?;
        if entry.queued == 0 && entry.tracker.idle() {
            return None;
        }
        entry.tracker.done().map(|done| done + 1).or(entry.tracker.start())
    }

    /// Whether everything that was sent is acknowledged.
    pub fn settled(&self) -> bool {
        self.unreported <= 0
    }

    /// An input is broken off when some of what was made of it has been sent.
    pub fn tear(&mut self) {
        self.torn = true;
    }

    /// Whether an input was broken off when some of what was made of it had been sent.
    pub fn torn(&self) -> bool {
        self.torn
    }

    /// The *next* offsets (done + 1) of `which` partitions, or of all, as a commit wants them.
    pub fn next_offsets(&self, which: Option<&TopicPartitionList>) -> TopicPartitionList {
        self.places(|lane, tracker| {
            let wanted =
                which.is_none_or(|w| w.find_partition(&lane.topic, lane.partition).is_some());
            tracker.done().map(|done| done + 1).filter(|_| wanted)
        })
    }

    fn places(&self, place: impl Fn(&Lane, &Tracker) -> Option<i64>) -> TopicPartitionList {
        let mut list = TopicPartitionList::new();
        for Entry { lane, tracker, .. } in self.entries.values() {
            if let Some(next) = place(lane, tracker) {
                let next = Offset::Offset(next);
                // Fails only on a name with a NUL byte, which Kafka does not allow.
                let _ = list.add_partition_offset(&lane.topic, lane.partition, next);
            }
        }
        list
    }
}

/// What transactions need.
impl Ledger {
    /// The next offsets that were not committed yet.
    pub fn uncommitted(&self) -> TopicPartitionList {
        self.places(|_, tracker| tracker.uncommitted())
    }

    /// Takes note that `offsets` were committed.
    pub fn committed(&mut self, offsets: &TopicPartitionList) {
        for element in offsets.elements() {
            let entry = self.entry(element.topic(), element.partition());
            if let (Some(entry), Offset::Offset(next)) = (entry, element.offset()) {
                entry.tracker.commit(next);
            }
        }
    }

    /// Where each partition was committed last, or begun. All that was read since is void.
    pub fn rewind(&mut self) -> TopicPartitionList {
        self.epoch += 1;
        (self.undelivered, self.broken, self.torn) = (None, false, false);
        let all: Vec<_> =
            self.entries.values().map(|e| (e.lane.clone(), e.tracker.rewound())).collect();
        for (lane, tracker) in all {
            self.close(&lane.topic, lane.partition);
            self.open((lane.topic.clone(), lane.partition), lane.worker, tracker);
        }
        self.places(|_, tracker| tracker.start())
    }
}
