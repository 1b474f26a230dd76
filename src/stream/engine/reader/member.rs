//! What happens when partitions come and go.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer, ConsumerContext, RebalanceProtocol};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::topic_partition_list::TopicPartitionListElem;
use rdkafka::types::RDKafkaRespErr;
use rdkafka::{Offset, TopicPartitionList};

use super::questions::Questions;
use super::rewound::Rewound;
use crate::clients::kafka::Tokens;
use crate::error::Explain;
use crate::stream::engine::ask::LONGEST;
use crate::stream::engine::client::client_context;
use crate::stream::engine::delivery::Promise;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::{Reset, StreamError};

/// How long the consumer may take to go back in each partition.
const SEEK: Duration = Duration::from_secs(5);
/// The pause between two such questions.
const AGAIN: Duration = Duration::from_millis(250);

/// The consumer's callbacks. They run inside `poll`, on the reading thread.
pub struct Member {
    pub desk: Shared,
    pub promise: Arc<dyn Promise>,
    pub group: String,
    pub reset: Reset,
    /// Shared with the other tasks of the run.
    pub rewound: Rewound,
    pub questions: Questions,
    /// For brokers that ask for one.
    pub tokens: Tokens,
}

client_context!(Member);

impl ConsumerContext for Member {
    fn rebalance(
        &self,
        consumer: &BaseConsumer<Self>,
        event: RDKafkaRespErr,
        partitions: &mut TopicPartitionList,
    ) {
        if event == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            if let Err(error) = self.assign(consumer, partitions) {
                // Partitions that are ours and not read would stand still: the run ends with this.
                self.desk.fail(error);
            }
        } else if let Err(error) = self.revoke(consumer, partitions) {
            tracing::warn!(group = self.group, %error, "the rebalance failed; the next may not");
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _offsets: &TopicPartitionList) {
        if let Err(error) = result {
            tracing::debug!(group = self.group, %error, "offsets were not committed");
        }
    }
}

impl Member {
    fn assign(
        &self,
        consumer: &BaseConsumer<Self>,
        partitions: &mut TopicPartitionList,
    ) -> Result<(), StreamError> {
        let positioned = self.start(partitions);
        self.desk.lock().assign(partitions);
        // Without an answer too: until then librdkafka can neither rebalance nor close.
        let assigned = match consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => consumer.incremental_assign(partitions),
            _ => consumer.assign(partitions),
        };
        assigned.map_err(|error| self.refused(&error))?;
        tracing::debug!(group = self.group, ?partitions, "assigned");
        let pinned = positioned?;
        if pinned.count() > 0 {
            self.pin(consumer, &pinned);
        }
        Ok(())
    }

    /// Commits where the group starts. Should that fail, the ledger has the place for the next
    /// automatic commit.
    fn pin(&self, consumer: &BaseConsumer<Self>, pinned: &TopicPartitionList) {
        let mut ledger = self.desk.lock();
        for place in pinned.elements() {
            if let Offset::Offset(next) = place.offset() {
                ledger.pin(place.topic(), place.partition(), next);
            }
        }
        drop(ledger);
        if let Err(error) = consumer.commit(pinned, CommitMode::Sync) {
            tracing::warn!(group = self.group, %error, "the group's start was not committed yet");
        }
    }

    /// Sets where reading starts; brokers that do not answer are asked again.
    fn start(
        &self,
        partitions: &mut TopicPartitionList,
    ) -> Result<TopicPartitionList, StreamError> {
        let since = Instant::now();
        // After a stop nothing will be read any more.
        while !self.questions.are_over() {
            match self.position(partitions) {
                Err(_) if self.questions.are_over() => break,
                Err(error) if error.retriable() && since.elapsed() < LONGEST => {
                    tracing::warn!("{error}; trying again");
                    thread::sleep(AGAIN);
                }
                answer => return answer,
            }
        }
        Ok(TopicPartitionList::new())
    }

    /// Sets where reading starts, where the group's own offsets do not say it.
    ///
    /// A group that starts at the end commits that place at once: were it to start again before its
    /// first commit, "the end" would be a later one, and the records between would be lost.
    fn position(
        &self,
        partitions: &mut TopicPartitionList,
    ) -> Result<TopicPartitionList, StreamError> {
        let mut pinned = TopicPartitionList::new();
        if self.reset == Reset::Rewind {
            self.rewind(partitions).map_err(|error| self.refused(&error))?;
        } else if self.reset == Reset::Latest && partitions.count() > 0 {
            let committed = self.questions.committed(partitions.clone())?;
            for place in committed.elements() {
                if place.offset() == Offset::Invalid {
                    pinned.add_partition(place.topic(), place.partition());
                }
            }
            let bounds = self.questions.bounds(pinned.clone())?;
            for (mut place, bounds) in pinned.elements().into_iter().zip(bounds) {
                self.skip(&mut place, bounds, partitions).map_err(|error| self.refused(&error))?;
            }
        }
        Ok(pinned)
    }

    /// Starts at the end of the partition at `place`, which has records from `low` to before `high`.
    fn skip(
        &self,
        place: &mut TopicPartitionListElem<'_>,
        (low, high): (i64, i64),
        partitions: &mut TopicPartitionList,
    ) -> KafkaResult<()> {
        if high > low {
            tracing::warn!(
                "group `{}` has no committed offset for {}[{}] and starts at its end: {} records \
                 are skipped",
                self.group,
                place.topic(),
                place.partition(),
                high - low
            );
        }
        place.set_offset(Offset::Offset(high))?;
        partitions.set_partition_offset(place.topic(), place.partition(), Offset::Offset(high))
    }

    fn refused(&self, error: &KafkaError) -> StreamError {
        let attempt = format!("take over partitions of group `{}`", self.group);
        StreamError::refused(&attempt, error)
    }

    fn rewind(&self, partitions: &mut TopicPartitionList) -> KafkaResult<()> {
        for mut place in partitions.elements() {
            if self.rewound.enter(&self.group, place.topic(), place.partition()) {
                place.set_offset(Offset::Beginning)?;
            }
        }
        Ok(())
    }

    /// Finishes what is in flight for the revoked partitions, commits it and lets them go. Partitions
    /// that were lost belong to somebody else already: their state is dropped without a commit.
    fn revoke(
        &self,
        consumer: &BaseConsumer<Self>,
        partitions: &TopicPartitionList,
    ) -> KafkaResult<()> {
        if consumer.assignment_lost() {
            tracing::warn!(
                group = self.group,
                ?partitions,
                "partitions were lost to another member"
            );
            self.promise.abandon(consumer, &self.desk, partitions);
        } else {
            self.release(consumer, partitions);
        }
        self.rewound.revoke(&self.group, partitions);
        self.desk.enter(|ledger| ledger.revoke(partitions));
        // A partition keeps its pause, and would come back with it.
        if let Err(error) = consumer.resume(partitions) {
            tracing::debug!(group = self.group, %error, "revoked partitions were not resumed");
        }
        match consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => consumer.incremental_unassign(partitions),
            _ => consumer.unassign(),
        }
    }

    fn release(&self, consumer: &BaseConsumer<Self>, partitions: &TopicPartitionList) {
        self.desk.lock().leave(partitions);
        if let Err(error) = self.promise.release(consumer, &self.desk, Some(partitions)) {
            tracing::warn!(group = self.group, "of revoked partitions: {error}");
        }
    }
}

/// Commits `offsets` and waits for the answer.
///
/// They are stored too: librdkafka commits what is stored once more when a partition goes, and would
/// put an older offset in place of this one.
pub fn commit(consumer: &BaseConsumer<Member>, offsets: &TopicPartitionList) -> KafkaResult<()> {
    if offsets.count() == 0 {
        return Ok(());
    }
    if let Err(error) = consumer.store_offsets(offsets) {
        tracing::debug!(%error, "offsets were not stored");
    }
    consumer.commit(offsets, CommitMode::Sync)?;
    let member = consumer.context();
    member.rewound.commit(&member.group, offsets);
    Ok(())
}

/// Reads on from `places`. An error says that a rebalance is under way, or that a partition is just
/// being taken up.
pub fn seek(consumer: &BaseConsumer<Member>, places: &TopicPartitionList) -> KafkaResult<()> {
    if places.count() == 0 {
        return Ok(());
    }
    let answers = consumer.seek_partitions(places.clone(), SEEK)?;
    answers.elements().iter().try_for_each(TopicPartitionListElem::error)
}
