//! What is still ahead of a pipeline that ends where its topics ended at the start.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::guard::Guard;
use super::ledger::{Ledger, Shared, lock};
use super::source::PATIENCE;
use crate::clients::kafka::Admin;
use crate::context::Context;
use crate::stream::{Options, Reset, StreamError};

/// How often an idle pipeline asks what the other members of its group committed.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// How long it waits for the answer; meanwhile it reads nothing.
const ANSWER: Duration = Duration::from_secs(1);

type Place = (Arc<str>, i32);

/// The ends of the partitions that were not read up to there when the pipeline started.
///
/// A partition is done when this member read it to its end in the assignment that it still has, or
/// when the group committed its end, whichever member did it.
pub struct Ahead {
    ends: HashMap<Place, i64>,
    /// The assignment in which each was read to its end; who gets it next reads what was not
    /// committed again.
    passed: HashMap<Place, u64>,
    committed: HashSet<Place>,
    /// What the group committed before says nothing about this run: it starts over.
    rewound: bool,
    asked: Instant,
    /// The epoch in which it was not done when last looked, if nothing happened since.
    open: Option<u64>,
}

impl Ahead {
    /// Looks up where `topics` end now.
    pub fn start(
        context: &Context,
        consumer: &BaseConsumer<Guard>,
        topics: &[String],
        options: &Options,
    ) -> Result<Ahead, StreamError> {
        Ok(Ahead {
            ends: ends(context, consumer, topics, options)?,
            passed: HashMap::new(),
            committed: HashSet::new(),
            rewound: options.reset == Reset::Rewind,
            asked: Instant::now(),
            open: None,
        })
    }

    /// Whether the record at this place lies behind the end; then the partition is read up to there.
    pub fn excludes(&mut self, place: Place, offset: i64, epoch: u64) -> bool {
        match self.ends.get(&place) {
            Some(end) if offset < *end => return false,
            Some(_) => self.enter(place, epoch),
            None => {}
        }
        true
    }

    /// The record at this place was dealt with.
    pub fn pass(&mut self, place: Place, offset: i64, epoch: u64) {
        if self.ends.get(&place).is_some_and(|end| offset + 1 >= *end) {
            self.enter(place, epoch);
        }
    }

    /// The consumer read a partition of this number to its end. The last offset before it may hold
    /// no record (a transaction's marker), so [`Ahead::pass`] alone would wait for ever.
    pub fn eof(&mut self, partition: i32, consumer: &BaseConsumer<Guard>, ledger: &Shared) {
        let only = {
            let ledger = lock(ledger);
            let mut same = ledger.partitions().filter(|(_, number)| *number == partition);
            // librdkafka's wrapper does not say of which topic.
            match (same.next(), same.next()) {
                (Some((topic, number)), None) => ledger.assigned(topic, number),
                _ => None,
            }
        };
        match only {
            Some((topic, epoch)) => self.enter((topic, partition), epoch),
            None => self.positions(consumer, ledger),
        }
    }

    /// Nothing waits to be read or worked on: looks whether something is done all the same.
    pub fn idle(&mut self, consumer: &BaseConsumer<Guard>, ledger: &Shared) {
        self.positions(consumer, ledger);
        if self.rewound || self.asked.elapsed() < ASK_EVERY {
            return;
        }
        self.asked = Instant::now();
        if let Err(error) = self.ask(consumer, ledger) {
            tracing::debug!(%error, "cannot ask what the group committed");
        }
    }

    /// Whether all partitions are done.
    pub fn reached(&mut self, ledger: &Ledger) -> bool {
        if self.open == Some(ledger.epoch) && !self.ends.is_empty() {
            return false;
        }
        // The others of the group see to the rest.
        let some = self.rewound && ledger.partitions().next().is_some();
        let done = |place: &Place| {
            self.committed.contains(place)
                || match ledger.assigned(&place.0, place.1) {
                    Some((_, epoch)) => self.passed.get(place) == Some(&epoch),
                    None => some,
                }
        };
        let reached = self.ends.keys().all(done);
        self.open = Some(ledger.epoch);
        reached
    }

    fn enter(&mut self, place: Place, epoch: u64) {
        self.passed.insert(place, epoch);
        self.open = None;
    }

    /// Compares with how far the consumer came, markers of transactions included.
    fn positions(&mut self, consumer: &BaseConsumer<Guard>, ledger: &Shared) {
        let Ok(positions) = consumer.position() else { return };
        for element in positions.elements() {
            let assigned = lock(ledger).assigned(element.topic(), element.partition());
            let (Some((topic, epoch)), Offset::Offset(next)) = (assigned, element.offset()) else {
                continue;
            };
            let place = (topic, element.partition());
            if self.passed.get(&place) != Some(&epoch) {
                self.pass(place, next - 1, epoch);
            }
        }
    }

    /// Asks what the group committed. Where this member read on to the end behind its last record,
    /// it commits that end, for the others to see.
    fn ask(&mut self, consumer: &BaseConsumer<Guard>, ledger: &Shared) -> KafkaResult<()> {
        let mut list = TopicPartitionList::new();
        for (topic, partition) in self.ends.keys().filter(|place| !self.committed.contains(*place))
        {
            list.add_partition(topic, *partition);
        }
        let answer = consumer.committed_offsets(list, ANSWER)?;
        let mut tails = TopicPartitionList::new();
        for element in answer.elements() {
            let (topic, partition) = (element.topic(), element.partition());
            let place = (Arc::from(topic), partition);
            let Some(end) = self.ends.get(&place) else { continue };
            if matches!(element.offset(), Offset::Offset(offset) if offset >= *end) {
                self.committed.insert(place);
                self.open = None;
            } else if let Some((_, epoch)) = lock(ledger).assigned(topic, partition)
                && self.passed.get(&place) == Some(&epoch)
            {
                tails.add_partition_offset(topic, partition, Offset::Offset(*end))?;
            }
        }
        if tails.count() > 0 && lock(ledger).drain(Some(&tails), Duration::ZERO) {
            for tail in tails.elements() {
                if let Offset::Offset(end) = tail.offset() {
                    lock(ledger).pin(tail.topic(), tail.partition(), end);
                }
            }
            let promise = &consumer.context().promise;
            if let Err(error) = promise.release(consumer, ledger, Some(&tails)) {
                tracing::debug!("the ends of partitions were not committed: {error}");
            }
        }
        Ok(())
    }
}

fn ends(
    context: &Context,
    consumer: &BaseConsumer<Guard>,
    topics: &[String],
    options: &Options,
) -> Result<HashMap<Place, i64>, StreamError> {
    let admin = Admin::of(context)?;
    let mut known = admin.topics(context, PATIENCE)?;
    known.retain(|topic| topics.contains(&topic.name));
    let bounds = admin.watermarks(context, &known, PATIENCE)?;
    let mut list = TopicPartitionList::new();
    for place in &bounds {
        list.add_partition(&place.topic, place.partition);
    }
    let committed = consumer.committed_offsets(list, PATIENCE).map_err(|error| {
        StreamError::refused(&format!("read the offsets of group `{}`", options.group), &error)
    })?;
    let mut ahead = HashMap::new();
    for place in bounds {
        let offset = committed.find_partition(&place.topic, place.partition);
        let start = match offset.map(|found| found.offset()) {
            _ if options.reset == Reset::Rewind => Some(place.first),
            // What was committed may have been deleted since.
            Some(Offset::Offset(offset)) => Some(offset.max(place.first)),
            // The group starts here, once it has said so: the next run goes on from there.
            _ if options.reset == Reset::Latest => None,
            _ => Some(place.first),
        };
        if start.is_none_or(|start| start < place.next) {
            ahead.insert((place.topic.into(), place.partition), place.next);
        }
    }
    Ok(ahead)
}
