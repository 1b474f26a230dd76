//! A transaction ends: by its producer, by a later one, or because its time is up.
//!
//! In two steps, as Kafka's do: what is decided is kept, then all that it wrote to learns of it.

use std::time::Duration;

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{State, Transaction};
use crate::embedded::broker::disk::coordinators;
use crate::embedded::broker::log::{Marker, Outcome};
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::producers::Identity;

/// How long the disk may recover before it is tried again.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

impl Transaction {
    /// Ends the open transaction of `producer`; ending it again in the same way changes nothing.
    pub fn finish(&mut self, producer: Identity, outcome: Outcome) -> Result<(), ResponseError> {
        self.check(producer)?;
        match (self.state, outcome) {
            (State::Ongoing, _) => {
                self.decide(outcome, |_| {})?;
                self.resume()
            }
            (State::PrepareCommit, Outcome::Commit) | (State::PrepareAbort, Outcome::Abort) => {
                self.resume()
            }
            (State::CompleteCommit, Outcome::Commit) | (State::CompleteAbort, Outcome::Abort) => {
                Ok(())
            }
            _ => Err(ResponseError::InvalidTxnState),
        }
    }

    /// Aborts the open transaction in the name of a later epoch, which ends its producer's life;
    /// `before` may still ask for that epoch.
    pub(super) fn fence(&mut self, before: Identity) -> Result<(), ResponseError> {
        self.decide(Outcome::Abort, |transaction| {
            transaction.owner.epoch = transaction.owner.epoch.saturating_add(1);
            transaction.before = before;
        })?;
        self.resume()
    }

    /// Decides how the open transaction ends, together with `change`.
    fn decide(
        &mut self,
        outcome: Outcome,
        change: impl FnOnce(&mut Transaction),
    ) -> Result<(), ResponseError> {
        self.kept(|transaction| {
            change(transaction);
            transaction.deadline = None;
            transaction.state = match outcome {
                Outcome::Commit => State::PrepareCommit,
                Outcome::Abort => State::PrepareAbort,
            };
            Ok(())
        })
    }

    /// Carries out what was decided, if anything was. If that fails, the clock tries again.
    pub(super) fn resume(&mut self) -> Result<(), ResponseError> {
        let (outcome, complete) = match self.state {
            State::PrepareCommit => (Outcome::Commit, State::CompleteCommit),
            State::PrepareAbort => (Outcome::Abort, State::CompleteAbort),
            _ => return Ok(()),
        };
        let done = self.tell(outcome).and_then(|()| {
            self.kept(|transaction| {
                transaction.state = complete;
                Ok(())
            })
        });
        self.deadline = done.is_err().then(|| Instant::now() + PAUSE);
        done
    }

    /// Writes the end into each partition, and keeps or drops the offsets.
    fn tell(&mut self, outcome: Outcome) -> Result<(), ResponseError> {
        let marker = Marker { producer: self.owner, outcome, time: now_ms() };
        while let Some(entry) = self.partitions.first_entry() {
            entry.get().end(&marker).map_err(coordinators)?;
            entry.remove();
        }
        while let Some(entry) = self.groups.first_entry() {
            let commit = outcome == Outcome::Commit;
            if let Some(group) = entry.get() {
                group.with(|group| group.offsets.settle(self.owner.id, commit))?;
            }
            entry.remove();
        }
        Ok(())
    }
}
