//! The trackers of all assigned partitions, fed by delivery reports.
//!
//! A tracker knows which offsets of its partition are done; the ledger knows which partitions there
//! are, finds the tracker of each report and adds up what is in flight.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::error::KafkaError;
use rdkafka::{Offset, TopicPartitionList};

use super::sink::{DeliveryReport, Ticket};
use super::tracker::Tracker;
use crate::stream::StreamError;

/// The ledger, shared by the reading loop and the rebalance callback (which run on one thread).
pub type Shared = Arc<Mutex<Ledger>>;

/// Locks `shared`.
pub fn lock(shared: &Shared) -> MutexGuard<'_, Ledger> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is assigned, in flight and done.
pub struct Ledger {
    reports: Receiver<DeliveryReport>,
    topics: HashMap<Arc<str>, BTreeMap<i32, Tracker>>,
    /// Rises with every assignment.
    pub epoch: u64,
    /// Bytes sent and not yet reported.
    pub bytes: usize,
    /// Records sent and not yet reported.
    pub records: usize,
    /// Tickets of good deliveries since they were last taken.
    pub delivered: Vec<Ticket>,
    /// The first delivery that failed for good.
    pub failed: Option<(Ticket, KafkaError)>,
    /// A worker found that the producer takes nothing more.
    pub broken: bool,
    /// Why partitions that were given to this member are not read as they should be.
    pub unassigned: Option<KafkaError>,
}

impl Ledger {
    /// An empty ledger that reads `reports`.
    pub fn new(reports: Receiver<DeliveryReport>) -> Ledger {
        Ledger {
            reports,
            topics: HashMap::new(),
            epoch: 0,
            bytes: 0,
            records: 0,
            delivered: Vec::new(),
            failed: None,
            broken: false,
            unassigned: None,
        }
    }

    /// Opens trackers for newly assigned partitions, under a new epoch.
    pub fn assign(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            let topic = self.topics.entry(element.topic().into()).or_default();
            topic.insert(element.partition(), Tracker::new(self.epoch));
        }
    }

    /// An assigned partition starts at the offset `next`, which is to be committed like any other.
    pub fn pin(&mut self, topic: &str, partition: i32, next: i64) {
        let topic = self.topics.get_mut(topic);
        if let Some(tracker) = topic.and_then(|topic| topic.get_mut(&partition)) {
            tracker.pin(next);
        }
    }

    /// Takes note that a record was read; returns the shared name of its topic and the epoch of its
    /// partition, if that is assigned. Where offsets go back, the partition gets a new tracker:
    /// reports on what was read before must not close the same offsets again.
    pub fn read(&mut self, topic: &str, partition: i32, offset: i64) -> Option<(Arc<str>, u64)> {
        let name = self.topics.get_key_value(topic)?.0.clone();
        let tracker = self.topics.get_mut(topic)?.get_mut(&partition)?;
        if !tracker.read(offset) {
            tracing::warn!("the offsets of {topic}[{partition}] went back to {offset}");
            self.epoch += 1;
            *tracker = Tracker::new(self.epoch);
            tracker.read(offset);
        }
        Some((name, tracker.epoch()))
    }

    /// Forgets revoked partitions; reports that arrive later are void.
    pub fn revoke(&mut self, partitions: &TopicPartitionList) {
        self.epoch += 1;
        for element in partitions.elements() {
            if let Some(topic) = self.topics.get_mut(element.topic()) {
                topic.remove(&element.partition());
            }
        }
    }

    /// Forgets all partitions.
    pub fn forget(&mut self) {
        self.epoch += 1;
        self.topics.clear();
    }

    /// Begins the ticket's input. False where its partition is not assigned any more, or is read
    /// again from an earlier place: then somebody else deals with it.
    pub fn begin(&mut self, ticket: &Ticket) -> bool {
        let tracker = self.tracker(ticket);
        tracker.map(|tracker| tracker.begin(ticket.offset)).is_some()
    }

    /// The shared name of an assigned topic, and the epoch of its partition.
    pub fn assigned(&self, topic: &str, partition: i32) -> Option<(Arc<str>, u64)> {
        let (name, partitions) = self.topics.get_key_value(topic)?;
        Some((name.clone(), partitions.get(&partition)?.epoch()))
    }

    /// Every assigned partition.
    pub fn partitions(&self) -> impl Iterator<Item = (&Arc<str>, i32)> {
        self.topics.iter().flat_map(|(topic, parts)| parts.keys().map(move |p| (topic, *p)))
    }

    /// A record made from the ticket's input is on its way.
    pub fn sent(&mut self, ticket: &Ticket) {
        self.bytes += ticket.bytes;
        self.records += 1;
        if let Some(tracker) = self.tracker(ticket) {
            tracker.expect(ticket.offset);
        }
    }

    /// Processing of the ticket's input ended, or one of its records was acknowledged.
    pub fn settle(&mut self, ticket: &Ticket) {
        if let Some(tracker) = self.tracker(ticket) {
            tracker.settle(ticket.offset);
        }
    }

    /// Takes the reports that have arrived; waits up to `wait` for the first.
    pub fn collect(&mut self, wait: Duration) {
        let mut next = match self.reports.try_recv() {
            Err(_) if !wait.is_zero() => self.reports.recv_timeout(wait),
            other => other.map_err(|_| RecvTimeoutError::Timeout),
        };
        while let Ok(report) = next {
            self.enter(report);
            next = self.reports.try_recv().map_err(|_| RecvTimeoutError::Timeout);
        }
    }

    fn enter(&mut self, report: DeliveryReport) {
        self.unsend(&report.ticket);
        match report.error {
            None => {
                self.settle(&report.ticket);
                self.delivered.push(report.ticket);
            }
            // The input stays open: its offset is never committed.
            Some(error) if self.tracker(&report.ticket).is_some() => {
                self.failed.get_or_insert((report.ticket, error));
            }
            // Whoever has the partition now makes it again.
            Some(_) => {}
        }
    }

    /// Why the pipeline must end, if a delivery failed for good.
    pub fn failure(&self) -> Option<StreamError> {
        let (ticket, error) = self.failed.as_ref()?;
        let input = format!("{}[{}]@{}", ticket.topic, ticket.partition, ticket.offset);
        let attempt = format!("deliver what was made of {input} to topic `{}`", ticket.target);
        Some(StreamError::refused(&attempt, error))
    }

    /// Takes back the count of a record that left, or could not be sent.
    pub fn unsend(&mut self, ticket: &Ticket) {
        self.bytes = self.bytes.saturating_sub(ticket.bytes);
        self.records = self.records.saturating_sub(1);
    }

    /// Waits until nothing of `which` is in flight, or until `limit` is over; tells which it was.
    pub fn drain(&mut self, which: Option<&TopicPartitionList>, limit: Duration) -> bool {
        // No deadline where the limit is longer than the clock can count.
        let deadline = Instant::now().checked_add(limit);
        loop {
            self.collect(Duration::ZERO);
            if self.idle(which) {
                return true;
            }
            let left =
                deadline.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()));
            // After a failed delivery its partition never becomes idle.
            if left.is_zero() || (which.is_some() && self.failed.is_some()) {
                return false;
            }
            self.collect(left.min(Duration::from_millis(100)));
        }
    }

    /// Whether nothing is being processed or in flight.
    pub fn settled(&self) -> bool {
        let mut trackers = self.topics.values().flat_map(BTreeMap::values);
        self.records == 0 && trackers.all(Tracker::idle)
    }

    /// The next offsets that were not committed yet.
    pub fn uncommitted(&self) -> TopicPartitionList {
        self.places(Tracker::uncommitted)
    }

    /// Where each partition was committed last, or begun. All that was read since is void.
    pub fn rewind(&mut self) -> TopicPartitionList {
        self.epoch += 1;
        (self.failed, self.broken) = (None, false);
        for tracker in self.topics.values_mut().flat_map(BTreeMap::values_mut) {
            *tracker = tracker.rewound(self.epoch);
        }
        self.places(Tracker::start)
    }

    /// Takes note that `offsets` were committed.
    pub fn committed(&mut self, offsets: &TopicPartitionList) {
        for element in offsets.elements() {
            let topic = self.topics.get_mut(element.topic());
            let tracker = topic.and_then(|topic| topic.get_mut(&element.partition()));
            if let (Some(tracker), Offset::Offset(next)) = (tracker, element.offset()) {
                tracker.commit(next);
            }
        }
    }

    fn places(&self, place: impl Fn(&Tracker) -> Option<i64>) -> TopicPartitionList {
        let mut list = TopicPartitionList::new();
        for (topic, partitions) in &self.topics {
            for (partition, tracker) in partitions {
                if let Some(next) = place(tracker) {
                    // Fails only on a name with a NUL byte, which Kafka does not allow.
                    let _ = list.add_partition_offset(topic, *partition, Offset::Offset(next));
                }
            }
        }
        list
    }

    fn idle(&self, which: Option<&TopicPartitionList>) -> bool {
        let Some(partitions) = which else { return self.records == 0 };
        partitions.elements().iter().all(|element| {
            let topic = self.topics.get(element.topic());
            topic.and_then(|t| t.get(&element.partition())).is_none_or(Tracker::idle)
        })
    }

    /// The *next* offsets (done + 1) of `which` partitions, or of all, as a commit wants them.
    pub fn next_offsets(&self, which: Option<&TopicPartitionList>) -> TopicPartitionList {
        let mut list = TopicPartitionList::new();
        for (topic, partitions) in &self.topics {
            for (partition, tracker) in partitions {
                let wanted = which.is_none_or(|w| w.find_partition(topic, *partition).is_some());
                if let (true, Some(done)) = (wanted, tracker.done()) {
                    // Fails only on a name with a NUL byte, which Kafka does not allow.
                    let _ = list.add_partition_offset(topic, *partition, Offset::Offset(done + 1));
                }
            }
        }
        list
    }

    fn tracker(&mut self, ticket: &Ticket) -> Option<&mut Tracker> {
        let tracker = self.topics.get_mut(&*ticket.topic)?.get_mut(&ticket.partition)?;
        (tracker.epoch() == ticket.epoch).then_some(tracker)
    }
}
