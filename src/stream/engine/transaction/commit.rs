//! One step of the circle, from each phase to the next.

use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::Consumer as _;
use rdkafka::error::KafkaResult;
use rdkafka::topic_partition_list::TopicPartitionListElem;

use super::caller::Order;
use super::calls::Broken;
use super::cycle::{Around, Cycle};
use super::phase::Phase;
use super::verdict::is_unknown;
use crate::clients::kafka::generation;
use crate::stream::StreamError;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::promise::Turn;

/// How long the consumer may take to go back in each partition.
const SEEK: Duration = Duration::from_secs(5);
/// The pause before it is asked to once more.
const AGAIN: Duration = Duration::from_millis(250);

impl Cycle {
    /// Commits when what was begun is finished and acknowledged.
    pub(super) fn closing(
        &mut self,
        around: Around<'_>,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        if !around.door.empty(wait) {
            return Ok(Turn::On);
        }
        if around.desk.lock().torn() {
            // Half of what was made of an input must not be committed.
            self.take_back(around, false);
            return Ok(Turn::On);
        }
        if !quiet(around.desk, wait) {
            return Ok(Turn::On);
        }
        let offsets = around.desk.lock().uncommitted();
        if offsets.count() == 0 {
            self.phase = Phase::Open;
            return Ok(Turn::On);
        }
        let consumer = around.consumer;
        let group = consumer.group_metadata();
        // In this order: who was put out of the group after the second look is refused by the broker.
        let member = generation(consumer.client()).is_some() && !consumer.assignment_lost();
        match group {
            Some(group) if member => {
                self.caller.order(Order::Commit(offsets.clone(), group));
                self.phase = Phase::Committing(offsets);
            }
            _ => self.void(around, "this member was put out of its group", false)?,
        }
        Ok(Turn::On)
    }

    pub(super) fn committing(
        &mut self,
        around: Around<'_>,
        offsets: &TopicPartitionList,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        match self.caller.answer(wait) {
            None => return Ok(Turn::On),
            Some(Ok(())) => {}
            Some(Err(Broken::Abort(error))) => {
                self.broken(around, &error)?;
                return Ok(Turn::On);
            }
            Some(Err(Broken::Over(attempt, error))) => {
                self.ended(around, attempt, &error)?;
                return Ok(Turn::On);
            }
        }
        around.desk.lock().committed(offsets);
        around.consumer.context().rewound.commit(&self.group, offsets);
        self.aborts.committed();
        self.phase = Phase::Open;
        tracing::debug!(group = self.group, partitions = offsets.count(), "committed");
        Ok(Turn::Committed)
    }

    /// Aborts when nobody sends any more.
    pub(super) fn voiding(&mut self, around: Around<'_>, renew: bool, wait: Duration) -> Turn {
        if around.door.empty(wait) {
            self.caller.order(if renew { Order::Renew } else { Order::Abort });
            self.phase = Phase::Aborting;
        }
        Turn::On
    }

    pub(super) fn aborting(
        &mut self,
        around: Around<'_>,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        match self.caller.answer(wait) {
            None => {}
            Some(Ok(())) => self.phase = Phase::Resting(Instant::now() + self.aborts.pause()),
            Some(Err(Broken::Abort(error))) => {
                self.ended(around, "abort a transaction", &error)?;
            }
            Some(Err(Broken::Over(_, error))) if is_unknown(&error) => {
                // The brokers went away before they heard of it; librdkafka gives up over that.
                self.void(around, "the broker knows of none, so a new producer goes on", true)?;
            }
            Some(Err(Broken::Over(attempt, error))) => self.ended(around, attempt, &error)?,
        }
        Ok(Turn::On)
    }

    /// Goes back to the last commit. What was read meanwhile is void too.
    pub(super) fn rewind(&mut self, around: Around<'_>) -> Result<Turn, StreamError> {
        let places = around.desk.enter(Ledger::rewind);
        if let Err(error) = seek(around, places) {
            // A rebalance is under way, or the partition is just being taken up.
            let attempt = format!("read again what group `{}` did not commit", self.group);
            tracing::debug!("{}", StreamError::refused(&attempt, &error));
            self.phase = Phase::Resting(Instant::now() + AGAIN);
            return match self.aborts.too_long() {
                Some(_) => Err(StreamError::refused(&attempt, &error)),
                None => Ok(Turn::On),
            };
        }
        self.phase = Phase::Open;
        Ok(Turn::Rewound)
    }
}

/// Whether everything that was sent is acknowledged; waits a little for that.
fn quiet(desk: &Shared, wait: Duration) -> bool {
    let settled = || desk.lock().settled();
    if !settled() {
        desk.wait_for_report(wait);
    }
    settled()
}

fn seek(around: Around<'_>, places: TopicPartitionList) -> KafkaResult<()> {
    if places.count() == 0 {
        return Ok(());
    }
    let answers = around.consumer.seek_partitions(places, SEEK)?;
    answers.elements().iter().try_for_each(TopicPartitionListElem::error)
}
