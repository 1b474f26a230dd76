//! What is still ahead of a pipeline that ends where its topics ended at the start.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::consumer::PATIENCE;
use super::member::Member;
use super::questions::Questions;
use crate::clients::kafka::{Admin, Topic};
use crate::context::Context;
use crate::stream::engine::ask::patiently;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::ledger::lane::Lane;
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
    /// The lane of the last record, and its end: most often the next one is of the same.
    last: Option<(u32, Option<i64>)>,
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
        questions: &Questions,
        topics: &[Topic],
        options: &Options,
    ) -> Result<Ahead, StreamError> {
        Ok(Ahead {
            ends: patiently(context, || ends(context, questions, topics, options))?,
            last: None,
            passed: HashMap::new(),
            committed: HashSet::new(),
            rewound: options.reset == Reset::Rewind,
            asked: Instant::now(),
            open: None,
        })
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The record at `offset` was read; false where it lies behind the end. With the last one
    /// before it the partition is read up to there.
    pub fn keeps(&mut self, lane: &Lane, offset: i64) -> bool {
        let Some(end) = self.end(lane) else { return false };
        if offset + 1 >= end {
            self.enter((lane.topic.clone(), lane.partition), lane.epoch);
        }
        offset < end
    }

    fn end(&mut self, lane: &Lane) -> Option<i64> {
        if let Some((id, end)) = self.last
            && id == lane.id
        {
            return end;
        }
        let end = self.ends.get(&(lane.topic.clone(), lane.partition)).copied();
        self.last = Some((lane.id, end));
        end
    }

    /// The consumer read a partition of this number to its end. The last offset before it may hold
    /// no record (a transaction's marker), so what was read alone would wait for ever.
    pub fn eof(&mut self, partition: i32, consumer: &BaseConsumer<Member>, desk: &Shared) {
        let only = {
            let ledger = desk.lock();
            let mut same = ledger.lanes().filter(|lane| lane.partition == partition);
            // librdkafka's wrapper does not say of which topic.
            match (same.next(), same.next()) {
                (Some(lane), None) => Some(lane.clone()),
                _ => None,
            }
        };
        match only {
            Some(lane) => self.enter((lane.topic.clone(), partition), lane.epoch),
            None => self.positions(consumer, desk),
        }
    }

    /// Everything that was read is worked on: looks whether something is done all the same.
    pub fn idle(&mut self, consumer: &BaseConsumer<Member>, desk: &Shared) {
        self.positions(consumer, desk);
        if self.rewound || self.asked.elapsed() < ASK_EVERY {
            return;
        }
        self.asked = Instant::now();
        if let Err(error) = self.ask(consumer, desk) {
            tracing::debug!(%error, "cannot ask what the group committed");
        }
    }

    /// Whether all partitions are done.
    pub fn reached(&mut self, ledger: &Ledger) -> bool {
        if ledger.queued > 0 {
            return false;
        }
        if self.open == Some(ledger.epoch) && !self.ends.is_empty() {
            return false;
        }
        // The others of the group see to the rest.
        let some = self.rewound && ledger.lanes().next().is_some();
        let done = |place: &Place| {
            self.committed.contains(place)
                || match ledger.lane(&place.0, place.1) {
                    Some(lane) => self.passed.get(place) == Some(&lane.epoch),
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
    fn positions(&mut self, consumer: &BaseConsumer<Member>, desk: &Shared) {
        let Ok(positions) = consumer.position() else { return };
        for element in positions.elements() {
            let lane = desk.lock().lane(element.topic(), element.partition()).cloned();
            let (Some(lane), Offset::Offset(next)) = (lane, element.offset()) else { continue };
            let place = (lane.topic.clone(), lane.partition);
            if self.passed.get(&place) != Some(&lane.epoch)
                && self.ends.get(&place).is_some_and(|end| next >= *end)
            {
                self.enter(place, lane.epoch);
            }
        }
    }

    /// Asks what the group committed. Where this member read on to the end behind its last record,
    /// it commits that end, for the others to see.
    fn ask(&mut self, consumer: &BaseConsumer<Member>, desk: &Shared) -> KafkaResult<()> {
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
            } else if let Some(lane) = desk.lock().lane(topic, partition)
                && self.passed.get(&place) == Some(&lane.epoch)
            {
                tails.add_partition_offset(topic, partition, Offset::Offset(*end))?;
            }
        }
        if tails.count() > 0 && desk.lock().caught_up(&tails) {
            for tail in tails.elements() {
                if let Offset::Offset(end) = tail.offset() {
                    desk.lock().pin(tail.topic(), tail.partition(), end);
                }
            }
            let promise = &consumer.context().promise;
            if let Err(error) = promise.release(consumer, desk, Some(&tails)) {
                tracing::debug!("the ends of partitions were not committed: {error}");
            }
        }
        Ok(())
    }
}

fn ends(
    context: &Context,
    questions: &Questions,
    topics: &[Topic],
    options: &Options,
) -> Result<HashMap<Place, i64>, StreamError> {
    let bounds = Admin::of(context)?.watermarks(context, topics, PATIENCE)?;
    let mut list = TopicPartitionList::new();
    for place in &bounds {
        list.add_partition(&place.topic, place.partition);
    }
    let committed = questions.committed(list)?;
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
