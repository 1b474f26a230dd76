//! The way back: what was sent since the last commit is taken back, and made again.

use std::mem::take;
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::error::KafkaResult;

use super::TransactionError;
use super::caller::Order;
use super::calls::CallError;
use super::cycle::{Around, Cycle};
use super::doubt::Doubt;
use super::phase::{Phase, With};
use super::verdict::is_unknown;
use crate::stream::StreamError;
use crate::stream::engine::delivery::Turn;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::reader::member::seek;

/// The pause before it is asked to once more.
const AGAIN: Duration = Duration::from_millis(250);

impl Cycle {
    /// Takes the transaction back because of `why`; gives up where that happens for too long.
    pub(super) fn abort(
        &mut self,
        around: Around<'_>,
        why: &str,
        with: With,
    ) -> Result<(), StreamError> {
        if let Some((aborts, since)) = self.aborts.add() {
            let (group, reason) = (self.group.clone(), why.to_owned());
            return self.fail(TransactionError::Stuck { group, since, aborts, reason }.into());
        }
        let group = &self.group;
        if around.desk.lock().undelivered.for_a_record() {
            // The dead letter that becomes of it is told; how it was found is not news.
            tracing::debug!("a transaction of group `{group}` is aborted and done again: {why}");
        } else {
            tracing::warn!("a transaction of group `{group}` is aborted and done again: {why}");
        }
        self.take_back(around, with);
        Ok(())
    }

    /// Takes the transaction back where nothing is wrong with it.
    pub(super) fn take_back(&mut self, around: Around<'_>, with: With) {
        around.door.close();
        around.desk.enter(|ledger| {
            ledger.rewind();
            // What is read until then is void, too: nobody need begin with it, nor go back with a
            // state that may turn out to be committed.
            ledger.leave_all();
        });
        self.phase = Phase::Emptying(with);
    }

    /// Partitions were lost to another member, and with them what was made of their inputs. What is
    /// being committed already is judged by the broker.
    pub fn abandon(&mut self, around: Around<'_>) {
        if matches!(self.phase, Phase::Open | Phase::Closing) {
            self.take_back(around, With::SameProducer);
        }
    }

    /// Partitions go while inputs of them are not finished.
    pub fn break_off(&mut self, around: Around<'_>) {
        if matches!(self.phase, Phase::Closing) {
            tracing::warn!(
                "a transaction of group `{}` is aborted: partitions go while records are in flight",
                self.group
            );
            self.take_back(around, With::SameProducer);
        }
    }

    /// `Emptying`: aborts when nobody sends any more.
    pub(super) fn emptying(&mut self, around: Around<'_>, with: With, wait: Duration) -> Turn {
        if around.door.empty(wait) {
            self.caller.order(Order::Abort(with));
            self.phase = Phase::Aborting;
        }
        Turn::On
    }

    /// `Aborting`: awaits the answer.
    pub(super) fn aborting(
        &mut self,
        around: Around<'_>,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        match self.caller.answer(wait) {
            None => {}
            Some(Ok(())) => self.judge(around)?,
            Some(Err(CallError::Abort(error))) => {
                self.renew_or_fail(around, "abort a transaction", &error)?;
            }
            Some(Err(CallError::Fatal(_, error))) if is_unknown(&error) => {
                // The brokers went away before they heard of it; librdkafka gives up over that.
                let why = "the broker knows of none, so a new producer goes on";
                self.abort(around, why, With::NewProducer)?;
            }
            Some(Err(CallError::Fatal(attempt, error))) => {
                self.renew_or_fail(around, attempt, &error)?;
            }
        }
        Ok(Turn::On)
    }

    /// Aborted: finds out whose fault it was, and whether that needs a new producer.
    fn judge(&mut self, around: Around<'_>) -> Result<(), StreamError> {
        let mut ledger = around.desk.lock();
        self.for_a_record |= ledger.undelivered.for_a_record();
        let judged = ledger.undelivered.judge(self.outlet.batch(), self.letters);
        drop(ledger);
        match judged {
            Err(error) => return self.fail(error),
            Ok(Some(batch)) => {
                self.outlet.limit_batches(batch);
                self.caller.order(Order::Abort(With::NewProducer));
            }
            Ok(None) => {
                let at_fault = take(&mut self.for_a_record);
                let pause = if at_fault { Duration::ZERO } else { self.aborts.pause() };
                self.phase = Phase::Resting(Instant::now() + pause);
            }
        }
        Ok(())
    }

    /// `Resting`: when the pause is over, goes back to the last commit. What was read meanwhile is
    /// void too.
    pub(super) fn resting(
        &mut self,
        around: Around<'_>,
        until: Instant,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        let left = until.saturating_duration_since(Instant::now());
        thread::sleep(left.min(wait));
        if left > wait {
            return Ok(Turn::On);
        }
        if let Err(error) = self.go_back(around) {
            // A coordinator moves, a rebalance is under way, or the partition is just being taken up.
            let attempt = format!("read again what group `{}` did not commit", self.group);
            tracing::debug!("{}", StreamError::refused(&attempt, &error));
            self.phase = Phase::Resting(Instant::now() + AGAIN);
            return match self.aborts.too_long() {
                Some(_) => Err(StreamError::refused(&attempt, &error)),
                None => Ok(Turn::On),
            };
        }
        self.phase = Phase::Open;
        if let Doubt::Committed = take(&mut self.doubt) {
            tracing::info!("the transaction of group `{}` is committed all the same", self.group);
            self.aborts.committed();
            return Ok(Turn::Recovered);
        }
        Ok(Turn::Rewound)
    }

    /// Goes back to the last commit, which may be the one that failed.
    fn go_back(&mut self, around: Around<'_>) -> KafkaResult<()> {
        self.doubt.resolve(around)?;
        let places = around.desk.enter(Ledger::rewind);
        seek(around.consumer, &places)
    }
}
