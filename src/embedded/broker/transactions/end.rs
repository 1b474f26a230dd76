//! A transaction ends: by its producer, by a later one, or because its time is up.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{State, Transaction};
use crate::embedded::broker::log::{Marker, Outcome};
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::producers::Identity;

impl Transaction {
    /// Ends the open transaction of `producer`; ending it again in the same way changes nothing.
    pub fn finish(&mut self, producer: Identity, outcome: Outcome) -> Result<(), ResponseError> {
        self.check(producer)?;
        match (self.state, outcome) {
            (State::Ongoing, _) => {
                self.end(outcome);
                Ok(())
            }
            (State::CompleteCommit, Outcome::Commit) | (State::CompleteAbort, Outcome::Abort) => {
                Ok(())
            }
            _ => Err(ResponseError::InvalidTxnState),
        }
    }

    /// Aborts the open transaction if its time is up `now`; returns when to look again.
    pub(super) fn expire(&mut self, now: Instant) -> Option<Instant> {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            let owner = self.owner;
            self.fence();
            // Nobody took over: the owner may ask for its new epoch.
            self.before = owner;
        }
        self.deadline
    }

    /// Writes the end into each partition, and keeps or drops the offsets.
    pub(super) fn end(&mut self, outcome: Outcome) {
        let marker = Marker { producer: self.owner, outcome, time: now_ms() };
        for partition in std::mem::take(&mut self.partitions).into_values() {
            partition.end(&marker);
        }
        for group in std::mem::take(&mut self.groups).into_values().flatten() {
            let commit = outcome == Outcome::Commit;
            group.with(|group| group.offsets.settle(self.owner.id, commit));
        }
        self.deadline = None;
        self.state = match outcome {
            Outcome::Commit => State::CompleteCommit,
            Outcome::Abort => State::CompleteAbort,
        };
    }
}
