//! What happens when partitions come and go.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer, ConsumerContext, RebalanceProtocol};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::types::RDKafkaRespErr;
use rdkafka::{Offset, TopicPartitionList};

use super::ledger::{Shared, lock};
use super::source;
use crate::stream::Reset;

/// How long a revocation waits for what is in flight; the group waits with it.
const REVOKE_DRAIN: Duration = Duration::from_secs(10);

/// The consumer's callbacks. They run inside `poll`, on the reading thread.
pub struct Guard {
    pub ledger: Shared,
    pub group: String,
    pub reset: Reset,
    /// The partitions that were rewound; one that comes back goes on where it was.
    pub rewound: Mutex<HashSet<(String, i32)>>,
}

impl ClientContext for Guard {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        source::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        // `poll` returns it too, and decides.
        tracing::debug!(target: "librdkafka", %error, "{reason}");
    }
}

impl ConsumerContext for Guard {
    fn rebalance(
        &self,
        consumer: &BaseConsumer<Self>,
        event: RDKafkaRespErr,
        partitions: &mut TopicPartitionList,
    ) {
        let result = if event == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            self.assign(consumer, partitions)
        } else {
            self.revoke(consumer, partitions)
        };
        if let Err(error) = result {
            tracing::warn!(group = self.group, %error, "the rebalance failed; the next may not");
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _offsets: &TopicPartitionList) {
        if let Err(error) = result {
            tracing::debug!(group = self.group, %error, "offsets were not committed");
        }
    }
}

impl Guard {
    fn assign(
        &self,
        consumer: &BaseConsumer<Self>,
        partitions: &mut TopicPartitionList,
    ) -> KafkaResult<()> {
        let pinned = self.position(consumer, partitions)?;
        lock(&self.ledger).assign(partitions);
        match consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => consumer.incremental_assign(partitions)?,
            _ => consumer.assign(partitions)?,
        }
        tracing::debug!(group = self.group, ?partitions, "assigned");
        if pinned.count() > 0 {
            consumer.commit(&pinned, CommitMode::Sync)?;
        }
        Ok(())
    }

    /// Sets where reading starts, where the group's own offsets do not say it.
    ///
    /// A group that starts at the end commits that place at once: were it to start again before its
    /// first commit, "the end" would be a later one, and the records between would be lost.
    fn position(
        &self,
        consumer: &BaseConsumer<Self>,
        partitions: &mut TopicPartitionList,
    ) -> KafkaResult<TopicPartitionList> {
        let mut pinned = TopicPartitionList::new();
        if self.reset == Reset::Rewind {
            self.rewind(partitions)?;
        } else if self.reset == Reset::Latest && partitions.count() > 0 {
            let committed = consumer.committed_offsets(partitions.clone(), source::PATIENCE)?;
            for place in committed.elements() {
                if place.offset() != Offset::Invalid {
                    continue;
                }
                let (topic, partition) = (place.topic(), place.partition());
                let (low, high) = consumer.fetch_watermarks(topic, partition, source::PATIENCE)?;
                if high > low {
                    tracing::warn!(
                        "group `{}` has no committed offset for {topic}[{partition}] and starts at \
                         its end: {} records are skipped",
                        self.group,
                        high - low
                    );
                }
                partitions.set_partition_offset(topic, partition, Offset::Offset(high))?;
                pinned.add_partition_offset(topic, partition, Offset::Offset(high))?;
            }
        }
        Ok(pinned)
    }

    fn rewind(&self, partitions: &mut TopicPartitionList) -> KafkaResult<()> {
        let mut rewound = self.rewound.lock().unwrap_or_else(PoisonError::into_inner);
        for mut place in partitions.elements() {
            if rewound.insert((place.topic().to_owned(), place.partition())) {
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
        } else {
            self.commit(consumer, partitions);
        }
        lock(&self.ledger).revoke(partitions);
        match consumer.rebalance_protocol() {
            RebalanceProtocol::Cooperative => consumer.incremental_unassign(partitions),
            _ => consumer.unassign(),
        }
    }

    fn commit(&self, consumer: &BaseConsumer<Self>, partitions: &TopicPartitionList) {
        let mut ledger = lock(&self.ledger);
        if !ledger.drain(Some(partitions), REVOKE_DRAIN) {
            tracing::warn!(
                group = self.group,
                "partitions go while records are in flight: some will be delivered twice"
            );
        }
        let offsets = ledger.next_offsets(Some(partitions));
        drop(ledger);
        if let Err(error) = commit(consumer, &offsets) {
            tracing::warn!(group = self.group, %error, "offsets of revoked partitions were not committed");
        }
    }
}

/// Commits `offsets` and waits for the answer.
///
/// They are stored too: librdkafka commits what is stored once more when a partition goes, and would
/// put an older offset in place of this one.
pub fn commit(consumer: &BaseConsumer<Guard>, offsets: &TopicPartitionList) -> KafkaResult<()> {
    if offsets.count() == 0 {
        return Ok(());
    }
    consumer.store_offsets(offsets)?;
    consumer.commit(offsets, CommitMode::Sync)
}
