//! Doing again what was not delivered, where no transaction takes back what was.

use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer as _};

use super::Turn;
use crate::clients::kafka::release;
use crate::stream::StreamError;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::ledger::place::Place;
use crate::stream::engine::outlet::Outlet;
use crate::stream::engine::reader::member::{Member, seek};
use crate::stream::engine::setbacks::Setbacks;

/// How long the producer that is replaced may take to close; nothing is queued there.
const CLOSE: Duration = Duration::from_secs(1);
/// The pause before the consumer is asked to go back once more.
const AGAIN: Duration = Duration::from_millis(250);

/// What is to be done.
enum Phase {
    Well,
    /// Something was lost: what was begun is finished and acknowledged.
    Settling,
    /// All is judged; at this time the work begins again.
    Resting(Instant),
}

/// Reads again from the first record on whose outputs were not delivered. What lies behind it was
/// delivered perhaps, and is delivered twice: order comes before that.
pub struct Redo {
    outlet: Outlet,
    /// Whether a record that is refused may become a dead letter.
    letters: bool,
    phase: Phase,
    losses: Setbacks,
    /// The input that must be done before the last loss is over.
    open: Option<Place>,
}

impl Redo {
    pub fn new(outlet: &Outlet, letters: bool) -> Redo {
        let (phase, losses) = (Phase::Well, Setbacks::default());
        Redo { outlet: outlet.clone(), letters, phase, losses, open: None }
    }

    /// Whether nothing has to be done again.
    pub fn well(&self) -> bool {
        matches!(self.phase, Phase::Well)
    }

    /// Goes on as far as that is possible within `wait`.
    pub fn step(
        &mut self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        match self.phase {
            Phase::Well => self.look(desk),
            Phase::Settling => self.settle(consumer, desk, wait),
            Phase::Resting(until) => {
                let left = until.saturating_duration_since(Instant::now());
                std::thread::sleep(left.min(wait));
                if left <= wait { self.rewind(consumer, desk) } else { Ok(Turn::On) }
            }
        }
    }

    fn look(&mut self, desk: &Shared) -> Result<Turn, StreamError> {
        let ledger = desk.lock();
        if ledger.undelivered.is_empty() {
            if self.open.take_if(|place| ledger.passed(place)).is_some() {
                self.losses.committed();
            }
            return Ok(Turn::On);
        }
        let (Some(failure), None) = (ledger.undelivered.failure(), ledger.undelivered.lasting())
        else {
            // The reader ends the run.
            return Ok(Turn::On);
        };
        if self.losses.add().is_some() {
            return Err(failure);
        }
        if ledger.undelivered.for_a_record() {
            // The dead letter that becomes of it is told; how it was found is not news.
            tracing::debug!("{failure}; doing it again");
        } else {
            tracing::warn!("{failure}; doing it again");
        }
        self.open = ledger.undelivered.place().cloned();
        ledger.leave_all();
        self.phase = Phase::Settling;
        Ok(Turn::On)
    }

    /// Judges what was lost, once nothing is on its way any more.
    fn settle(
        &mut self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        // Also partitions that came meanwhile.
        desk.lock().leave_all();
        if !desk.drain(None, wait) {
            return Ok(Turn::On);
        }
        let mut ledger = desk.lock();
        let at_fault = ledger.undelivered.for_a_record();
        if let Some(batch) = ledger.undelivered.judge(self.outlet.batch(), self.letters)? {
            let refused = |error| StreamError::refused("make a producer", &error);
            self.outlet.limit_batches(batch);
            let old = self.outlet.renew().map_err(refused)?;
            release(CLOSE, move || drop(old));
        }
        let done = ledger.next_offsets(None);
        ledger.committed(&done);
        drop(ledger);
        if let Err(error) = consumer.store_offsets(&done) {
            tracing::debug!(%error, "offsets were not stored");
        }
        let pause = if at_fault { Duration::ZERO } else { self.losses.pause() };
        self.phase = Phase::Resting(Instant::now() + pause);
        Ok(Turn::On)
    }

    fn rewind(
        &mut self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
    ) -> Result<Turn, StreamError> {
        let places = desk.enter(Ledger::rewind);
        if let Err(error) = seek(consumer, &places) {
            // A rebalance is under way, or the partition is just being taken up.
            let error = StreamError::refused("read again what was not delivered", &error);
            tracing::debug!("{error}");
            self.phase = Phase::Resting(Instant::now() + AGAIN);
            return if self.losses.too_long().is_some() { Err(error) } else { Ok(Turn::On) };
        }
        self.phase = Phase::Well;
        Ok(Turn::Repeated)
    }
}
