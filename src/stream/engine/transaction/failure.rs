//! What an error means for the transaction: it is aborted and done again, or nothing goes on.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{Producer as _, PurgeConfig};

use super::TransactionError;
use super::calls::{ADD_OFFSETS, CallError};
use super::cycle::{Around, Cycle};
use super::phase::{Phase, With};
use super::verdict::{Verdict, is_fenced, is_hopeless, is_late};
use crate::stream::StreamError;
use crate::stream::engine::outlet::Producer;

impl Cycle {
    /// Looks whether something that was sent failed.
    pub(super) fn check_deliveries(&mut self, around: Around<'_>) -> Result<(), StreamError> {
        {
            let ledger = around.desk.lock();
            if ledger.undelivered.is_empty() && !ledger.refusing {
                return Ok(());
            }
        }
        let producer = self.outlet.producer();
        if let Some((code, text)) = producer.client().fatal_error() {
            tracing::debug!(%code, "{text}");
            let error = KafkaError::Global(code);
            return self.renew_or_fail(around, "send in a transaction", &error);
        }
        let mut ledger = around.desk.lock();
        // What is reported for a record may only say that its transaction failed.
        let why = why_abort(&producer);
        let failure = ledger.undelivered.failure();
        if let Some(failure) = failure.filter(|_| ledger.undelivered.for_a_record()) {
            drop(ledger);
            return self.abort(around, &failure.to_string(), With::SameProducer);
        }
        if let Some(why) = &why {
            ledger.undelivered.explain(why);
        }
        let error = why.or_else(|| ledger.undelivered.error());
        let error = error.unwrap_or(KafkaError::Global(RDKafkaErrorCode::State));
        let failure = ledger.undelivered.failure().filter(|_| is_hopeless(&error));
        drop(ledger);
        match failure {
            Some(failure) => self.fail(failure),
            None => self.abort_or_fail(around, &error),
        }
    }

    /// A call that was to commit failed.
    pub(super) fn call_failed(
        &mut self,
        around: Around<'_>,
        error: &CallError,
    ) -> Result<(), StreamError> {
        match error {
            CallError::Abort(error) => self.abort_or_fail(around, error),
            CallError::Fatal(attempt, error) if *attempt == ADD_OFFSETS && is_late(error) => {
                let why = "the coordinator of the group is not to be found";
                self.abort(around, why, With::NewProducer)
            }
            CallError::Fatal(attempt, error) => self.renew_or_fail(around, attempt, error),
        }
    }

    /// The producer can abort and go on, but not where it will come to the same error again.
    fn abort_or_fail(&mut self, around: Around<'_>, error: &KafkaError) -> Result<(), StreamError> {
        if is_hopeless(error) {
            let refused = self.refused("commit a transaction", error);
            return self.fail(refused);
        }
        self.abort(around, &error.to_string(), With::SameProducer)
    }

    /// The producer can do nothing more; a new one can where only the transaction's time was over.
    pub(super) fn renew_or_fail(
        &mut self,
        around: Around<'_>,
        attempt: &str,
        error: &KafkaError,
    ) -> Result<(), StreamError> {
        let (_, age) = around.door.entered();
        if is_fenced(error) && age >= self.options.timeout {
            let why = format!("it was open for {age:?}, longer than the broker waits");
            return self.abort(around, &why, With::NewProducer);
        }
        let refused = self.refused(attempt, error);
        self.fail(refused)
    }

    /// Ends everything with `error`; what is queued is not sent any more.
    pub(super) fn fail(&mut self, error: StreamError) -> Result<(), StreamError> {
        self.phase = Phase::Failed(error.clone());
        self.outlet.producer().purge(PurgeConfig::default().queue());
        Err(error)
    }

    /// Nobody wants the answer to what is being tried any more.
    pub fn give_up(&self) {
        self.hurry.cancel();
    }

    /// Gives up waiting for `attempt`.
    pub fn late(&mut self, attempt: &str) -> StreamError {
        self.give_up();
        let late = KafkaError::Global(RDKafkaErrorCode::OperationTimedOut);
        let error = self.refused(attempt, &late);
        self.phase = Phase::Failed(error.clone());
        error
    }

    /// The end of the pipeline by `error`, the answer to `attempt`.
    pub(super) fn refused(&self, attempt: &str, error: &KafkaError) -> StreamError {
        TransactionError::refused(&self.group, &self.id, attempt, error).into()
    }
}

/// Why the open transaction must be aborted, if it must.
fn why_abort(producer: &Producer) -> Option<KafkaError> {
    // Refused while a transaction is open, and after an error with that error.
    let error = producer.begin_transaction().err()?;
    (Verdict::on(&error) == Verdict::Abort).then_some(error)
}
