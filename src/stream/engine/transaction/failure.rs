//! What happens to a transaction that cannot be committed.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{Producer as _, PurgeConfig};

use super::TransactionError;
use super::cycle::{Around, Cycle};
use super::phase::Phase;
use super::verdict::{Verdict, is_fenced, is_hopeless};
use crate::stream::StreamError;
use crate::stream::engine::ledger::Ledger;

impl Cycle {
    /// Looks whether something that was sent failed.
    pub(super) fn look(&mut self, around: Around<'_>) -> Result<(), StreamError> {
        {
            let ledger = around.desk.lock();
            if ledger.undelivered.is_none() && !ledger.broken {
                return Ok(());
            }
        }
        let producer = self.outlet.producer();
        if let Some((code, text)) = producer.client().fatal_error() {
            tracing::debug!(%code, "{text}");
            return self.ended(around, "send in a transaction", &KafkaError::Global(code));
        }
        let mut ledger = around.desk.lock();
        // What is reported for a record may only say that its transaction failed.
        let why = ask(&producer);
        if let (Some(undelivered), Some(why)) = (&mut ledger.undelivered, &why) {
            undelivered.error = why.clone();
        }
        let error = why.or_else(|| ledger.undelivered.as_ref().map(|u| u.error.clone()));
        let error = error.unwrap_or(KafkaError::Global(RDKafkaErrorCode::State));
        let failure = ledger.failure().filter(|_| is_hopeless(&error));
        drop(ledger);
        match failure {
            Some(failure) => self.over(failure),
            None => self.broken(around, &error),
        }
    }

    /// The transaction cannot be committed because of `error`: it is void, unless it never will be.
    pub(super) fn broken(
        &mut self,
        around: Around<'_>,
        error: &KafkaError,
    ) -> Result<(), StreamError> {
        if is_hopeless(error) {
            let refused = self.refused("commit a transaction", error);
            return self.over(refused);
        }
        self.void(around, &error.to_string(), false)
    }

    /// The producer cannot go on: with a new one, where only the transaction's time was over.
    pub(super) fn ended(
        &mut self,
        around: Around<'_>,
        attempt: &str,
        error: &KafkaError,
    ) -> Result<(), StreamError> {
        let (_, age) = around.door.entered();
        if is_fenced(error) && age >= self.options.timeout {
            let why = format!("it was open for {age:?}, longer than the broker waits");
            return self.void(around, &why, true);
        }
        let refused = self.refused(attempt, error);
        self.over(refused)
    }

    /// Nothing of the open transaction counts: it will be aborted, and its work done again.
    pub(super) fn void(
        &mut self,
        around: Around<'_>,
        why: &str,
        renew: bool,
    ) -> Result<(), StreamError> {
        if let Some((aborts, since)) = self.aborts.enter() {
            let (group, reason) = (self.group.clone(), why.to_owned());
            return self.over(TransactionError::Stuck { group, since, aborts, reason }.into());
        }
        tracing::warn!("a transaction of group `{}` is aborted and done again: {why}", self.group);
        self.take_back(around, renew);
        Ok(())
    }

    /// Everything since the last commit is void.
    pub(super) fn take_back(&mut self, around: Around<'_>, renew: bool) {
        around.door.close();
        around.desk.enter(Ledger::rewind);
        self.phase = Phase::Voiding { renew };
    }

    /// Partitions were lost to another member, and with them what was made of their inputs. What is
    /// being committed already is judged by the broker.
    pub fn lose(&mut self, around: Around<'_>) {
        if matches!(self.phase, Phase::Open | Phase::Closing) {
            self.take_back(around, false);
        }
    }

    /// Partitions go while inputs of them are not finished.
    pub fn leave(&mut self, around: Around<'_>) {
        if matches!(self.phase, Phase::Closing) {
            tracing::warn!(
                "a transaction of group `{}` is aborted: partitions go while records are in flight",
                self.group
            );
            self.take_back(around, false);
        }
    }

    /// Ends everything with `error`; what is queued is not sent any more.
    fn over(&mut self, error: StreamError) -> Result<(), StreamError> {
        self.phase = Phase::Over(error.clone());
        self.outlet.producer().purge(PurgeConfig::default().queue());
        Err(error)
    }
}

/// Why the open transaction must be aborted, if it must.
fn ask(producer: &super::outlet::Producer) -> Option<KafkaError> {
    // Refused while a transaction is open, and after an error with that error.
    let error = producer.begin_transaction().err()?;
    (Verdict::on(&error) == Verdict::Abort).then_some(error)
}
