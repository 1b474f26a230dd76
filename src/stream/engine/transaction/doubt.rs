//! Whether a commit took place that failed: its answer may have been lost, and librdkafka may have
//! given it up after that.
//!
//! The group's offsets tell: they are committed with the transaction, or not. They are stable once the
//! transaction is ended, by an abort or by a new producer with its id (KIP-447).

use std::mem::take;
use std::time::Duration;

use rdkafka::consumer::Consumer as _;
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::cycle::Around;
use crate::stream::engine::ledger::Ledger;

/// How long the group's coordinator may take to tell its offsets; it is asked again after that.
const ANSWER: Duration = Duration::from_secs(5);

/// What is known of the last commit.
#[derive(Debug, Default)]
pub enum Doubt {
    /// Its answer, or that it never began.
    #[default]
    None,
    /// Nothing: it was to commit these offsets.
    Whole(TopicPartitionList),
    /// It took place, although it failed.
    Committed,
}

impl Doubt {
    /// Asks the group for its offsets where there is a doubt. Where they say that the commit took
    /// place, the ledger has it.
    pub fn resolve(&mut self, around: Around<'_>) -> KafkaResult<()> {
        let Doubt::Whole(offsets) = &*self else { return Ok(()) };
        let committed = around.consumer.committed_offsets(offsets.clone(), ANSWER)?;
        let mut took_place = offsets.count() > 0;
        for place in committed.elements() {
            place.error()?;
            let wanted = offsets.find_partition(place.topic(), place.partition());
            took_place &= match (place.offset(), wanted.map(|wanted| wanted.offset())) {
                // More where the partition has another member by now.
                (Offset::Offset(next), Some(Offset::Offset(wanted))) => next >= wanted,
                _ => false,
            };
        }
        if let (true, Doubt::Whole(offsets)) = (took_place, take(self)) {
            around.desk.enter(|ledger: &mut Ledger| ledger.confirm(&offsets));
            *self = Doubt::Committed;
        }
        Ok(())
    }
}
