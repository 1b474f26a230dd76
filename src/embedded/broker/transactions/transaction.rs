//! One transactional id: who owns it, and what its open transaction wrote to.

use std::collections::BTreeMap;
use std::sync::Arc;

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::State;
use super::keep::Keeper;
use crate::embedded::broker::groups::SharedGroup;
use crate::embedded::broker::log::Partition;
use crate::embedded::broker::producers::{Identity, NOBODY};

/// The transactions of one transactional id, of which at most one is open.
#[derive(Debug, Clone)]
pub struct Transaction {
    pub(super) keeper: Keeper,
    /// Who owns the id.
    pub owner: Identity,
    /// What the transaction is doing.
    pub state: State,
    /// How long a transaction may stay open, milliseconds.
    pub timeout_ms: i32,
    /// When the last one was begun, milliseconds since 1970 UTC; -1: none since the owner came.
    pub started_ms: i64,
    /// Who the owner was before it asked for a new epoch, so that asking again changes nothing.
    pub(super) before: Identity,
    /// When the open transaction is aborted.
    pub(super) deadline: Option<Instant>,
    pub(super) partitions: BTreeMap<(String, i32), Arc<Partition>>,
    /// The groups it may commit offsets of, and has if they are there.
    pub(super) groups: BTreeMap<String, Option<Arc<SharedGroup>>>,
}

impl Default for Transaction {
    fn default() -> Self {
        Transaction {
            keeper: Keeper::default(),
            owner: NOBODY,
            state: State::Empty,
            timeout_ms: 0,
            started_ms: -1,
            before: NOBODY,
            deadline: None,
            partitions: BTreeMap::new(),
            groups: BTreeMap::new(),
        }
    }
}

impl Transaction {
    /// Whether `producer` still owns the id.
    pub fn check(&self, producer: Identity) -> Result<(), ResponseError> {
        if producer.id != self.owner.id {
            Err(ResponseError::InvalidProducerIdMapping)
        } else if producer.epoch != self.owner.epoch {
            Err(ResponseError::ProducerFenced)
        } else {
            Ok(())
        }
    }

    /// The topics and partitions that the open transaction may write to.
    pub fn topics(&self) -> BTreeMap<&str, Vec<i32>> {
        let mut topics = BTreeMap::<&str, Vec<i32>>::new();
        for (topic, partition) in self.partitions.keys() {
            topics.entry(topic).or_default().push(*partition);
        }
        topics
    }
}
