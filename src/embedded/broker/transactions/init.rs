//! A producer comes and owns the transactional id from now on.

use kafka_protocol::ResponseError;

use super::{State, Transaction};
use crate::embedded::broker::disk::coordinators;
use crate::embedded::broker::producers::{Identity, NOBODY, ProducerIds};

/// What a producer brings when it comes.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Who it has been so far: after an error of its own it comes again (KIP-360).
    pub known: Option<Identity>,
    /// How long its transactions may stay open, milliseconds.
    pub timeout_ms: i32,
}

impl Transaction {
    /// Gives the producer its id and epoch. An open transaction is aborted first, for which the
    /// producer has to ask again.
    pub fn init(&mut self, claim: Claim, ids: &ProducerIds) -> Result<Identity, ResponseError> {
        if !claim.known.is_none_or(|known| self.knows(known)) {
            return Err(ResponseError::ProducerFenced);
        }
        if self.state == State::Ongoing {
            self.fence(NOBODY)?;
            return Err(ResponseError::ConcurrentTransactions);
        }
        self.resume()?;
        let next = self.next(claim.known, ids)?;
        self.kept(|transaction| {
            if let Some(next) = next {
                transaction.before = if claim.known.is_some() { transaction.owner } else { NOBODY };
                transaction.owner = next;
            }
            transaction.state = State::Empty;
            transaction.timeout_ms = claim.timeout_ms;
            transaction.started_ms = -1;
            Ok(transaction.owner)
        })
    }

    /// Whether `known` is, or was before its epochs were used up, the id of the owner.
    fn knows(&self, known: Identity) -> bool {
        self.owner == NOBODY
            || known.id == self.owner.id
            || (known.id == self.before.id && known.exhausted())
    }

    /// The next owner; none if the owner asks again.
    fn next(
        &self,
        known: Option<Identity>,
        ids: &ProducerIds,
    ) -> Result<Option<Identity>, ResponseError> {
        let current = self.owner == NOBODY || known.is_none_or(|known| known == self.owner);
        if current && (self.owner == NOBODY || self.owner.exhausted()) {
            let id = ids.next().map_err(coordinators)?;
            return Ok(Some(Identity { id, epoch: 0 }));
        }
        if current {
            return Ok(Some(Identity { epoch: self.owner.epoch + 1, ..self.owner }));
        }
        match known {
            Some(known) if known == self.before => Ok(None),
            _ => Err(ResponseError::ProducerFenced),
        }
    }
}
