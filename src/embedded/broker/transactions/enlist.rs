//! What a transaction writes to becomes part of it first.

use std::sync::Arc;
use std::time::Duration;

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{State, Transaction};
use crate::embedded::broker::groups::SharedGroup;
use crate::embedded::broker::log::Partition;
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::producers::Identity;

impl Transaction {
    /// Lets `producer` write to `partitions`, each with its topic and number, from now on.
    pub fn add_partitions(
        &mut self,
        producer: Identity,
        partitions: Vec<((String, i32), Arc<Partition>)>,
    ) -> Result<(), ResponseError> {
        self.check(producer)?;
        self.resume()?;
        self.kept(|transaction| {
            transaction.open();
            transaction.partitions.extend(partitions);
            Ok(())
        })
    }

    /// Lets `producer` commit offsets of `group` from now on.
    pub fn add_group(&mut self, producer: Identity, group: &str) -> Result<(), ResponseError> {
        self.check(producer)?;
        self.resume()?;
        self.kept(|transaction| {
            transaction.open();
            transaction.groups.entry(group.to_owned()).or_default();
            Ok(())
        })
    }

    /// Whether `producer` may write to `partition` now.
    pub fn may_write(
        &self,
        producer: Identity,
        partition: &Arc<Partition>,
    ) -> Result<(), ResponseError> {
        self.check_writer(producer)?;
        // A topic that was made anew has other partitions than the one of the transaction.
        if self.partitions.values().any(|known| Arc::ptr_eq(known, partition)) {
            Ok(())
        } else {
            Err(ResponseError::InvalidTxnState)
        }
    }

    /// Whether `producer` may commit offsets of the group called `name` now.
    pub fn may_commit(&self, producer: Identity, name: &str) -> Result<(), ResponseError> {
        self.check_writer(producer)?;
        if self.groups.contains_key(name) { Ok(()) } else { Err(ResponseError::InvalidTxnState) }
    }

    /// Remembers that offsets of the group called `name` wait in `group`.
    pub fn holds_offsets(&mut self, name: &str, group: Arc<SharedGroup>) {
        self.groups.insert(name.to_owned(), Some(group));
    }

    /// Writers are told in another word than others that they are not the owner any more.
    fn check_writer(&self, producer: Identity) -> Result<(), ResponseError> {
        self.check(producer).map_err(|error| super::fenced(error, false))
    }

    fn open(&mut self) {
        if self.state != State::Ongoing {
            self.state = State::Ongoing;
            self.started_ms = now_ms();
            self.start_clock();
        }
    }

    /// Counts the time that the transaction may stay open from now on.
    pub(super) fn start_clock(&mut self) {
        let timeout = u64::try_from(self.timeout_ms).unwrap_or_default();
        self.deadline = Some(Instant::now() + Duration::from_millis(timeout));
    }
}
