//! What happens to a batch, record by record: each passes the stages and what comes out is sent.

use std::mem::take;
use std::time::{Duration, Instant};

use super::Worker;
use super::chain::Fault;
use super::input::{Fate, Halt, Input};
use crate::stream::engine::common::stopped;
use crate::stream::engine::delivery::{Dismissed, Permit};
use crate::stream::engine::ledger::batch::Batch;
use crate::stream::engine::ledger::conviction::Conviction;
use crate::stream::engine::ledger::lane::Lane;
use crate::stream::{StageError, StreamError};

/// How long what was finished may wait to be entered together with what follows.
const ENTER_EVERY: Duration = Duration::from_millis(5);

impl<'run> Worker<'run, '_> {
    /// Deals with the records of a batch, in their order. An input that is broken off by the stop of
    /// the run stays for the next run.
    pub(super) fn work(&mut self, mut batch: Batch) -> Result<(), StreamError> {
        let desk = &self.common.desk;
        let Some(first) = desk.lock().take_up(&mut batch) else { return Ok(()) };
        self.finished.first = first;
        let lane = batch.lane.clone();
        let ended = self.through(&batch);
        self.chain.report();
        self.enter(&lane);
        let next = self.finished.first;
        // What was begun and not finished stays open: its offset is never committed.
        let open = u64::from(matches!(ended, Err(Halt::Void | Halt::Failed(_))));
        let unfinished = take(&mut self.outputs).records;
        desk.enter(|ledger| ledger.lay_down(&lane, next + open, unfinished));
        match ended {
            Ok(()) => {}
            // What comes behind it in this lane must not pass it.
            Err(Halt::Void) => lane.leave(),
            Err(Halt::Failed(error)) => return Err(error),
            Err(Halt::Later(stage, why)) => {
                batch.pass((next - first) as usize);
                batch.attempt += 1;
                let place = batch.records.first().map(|record| lane.at(record.offset()));
                let (place, pause) = (place.unwrap_or_default(), self.hold(batch));
                tracing::warn!("{stage} cannot process {place} now, again in {pause:?}: {why}");
            }
        }
        Ok(())
    }

    /// Deals with record after record, until one must wait, the lane is not ours or the pipeline
    /// ends.
    fn through(&mut self, batch: &Batch) -> Result<(), Halt> {
        let lane = &batch.lane;
        self.chain.enter(lane);
        let mut tried = batch.attempt;
        for record in &batch.records {
            if !lane.is_ours() || self.halted() {
                break;
            }
            let number = self.finished.next();
            let at = |(offset, _): &&(i64, Conviction)| *offset == record.offset();
            let conviction = batch.convicted.iter().find(at).map(|(_, conviction)| conviction);
            self.process(&Input { lane, record, number, attempt: tried + 1, conviction })?;
            tried = 0;
        }
        Ok(())
    }

    /// The whole way of one input: through the stages, to the producer, into the ledger.
    fn process(&mut self, input: &Input<'_>) -> Result<(), Halt> {
        let fault = self.pass_stages(input)?;
        let now = self.chain.passed;
        let permit = self.permit(input).inspect_err(|_| self.chain.undo())?;
        if let Some(inside) = &permit {
            self.chain.keep(inside.commits);
        }
        let sent = match fault {
            None => self.send_outputs(input),
            Some(fault) => self.send_dead_letter(input, &fault).map(|()| Fate::DeadLetter),
        };
        if sent.is_err() && self.outputs.records > 0 {
            // As long as the permit is held: a commit must not come before.
            self.common.desk.enter(|ledger| ledger.torn = true);
        }
        let fate = sent?;
        self.finished.outputs.push(take(&mut self.outputs));
        self.good += usize::from(fate == Fate::Made);
        if permit.is_some() || now - self.entered >= ENTER_EVERY {
            self.entered = now;
            self.enter(input.lane);
        }
        if fate == Fate::DeadLetter {
            self.count_dead_letter()?;
        }
        Ok(())
    }

    /// Runs the input through the stages; returns why it is to become a dead letter, if so.
    fn pass_stages(&mut self, input: &Input<'_>) -> Result<Option<Fault>, Halt> {
        let started = Instant::now();
        self.pulse.beat_at(started);
        self.chain.passed = started;
        let made = match input.conviction.and_then(Conviction::fault) {
            Some((stage, error)) => Err(Fault { stage, error }),
            None => self.chain.apply(input.record, started),
        };
        self.transformed.0 += self.chain.passed - started;
        self.transformed.1 += 1;
        made.map_or_else(|fault| poison(fault).map(Some), |()| Ok(None))
    }

    /// Waits until what was made of the input may be sent.
    fn permit(&mut self, input: &Input<'_>) -> Result<Permit<'run>, Halt> {
        let common = self.common;
        let closed = common.promise.closed();
        if closed {
            // The wait is for the brokers: as long as they take, the worker is not stuck.
            self.pulse.rest();
        }
        let permit = common.promise.permit().map_err(|Dismissed| Halt::from(stopped()))?;
        if closed {
            self.pulse.beat();
        }
        if input.lane.is_void() { Err(Halt::Void) } else { Ok(permit) }
    }

    /// Enters what was finished.
    fn enter(&mut self, lane: &Lane) {
        let common = self.common;
        let (time, records) = take(&mut self.transformed);
        let skipped = self.finished.skipped();
        common.meter.iter().for_each(|meter| meter.passed(time, records, skipped));
        if self.finished.outputs.is_empty() {
            return;
        }
        common.desk.enter(|ledger| ledger.finish(lane, &self.finished));
        self.finished.restart();
        common.storm().pass(take(&mut self.good));
    }

    /// Counts a dead letter, and ends the run where there are too many.
    fn count_dead_letter(&mut self) -> Result<(), StreamError> {
        let common = self.common;
        let mut storm = common.storm();
        storm.pass(take(&mut self.good));
        match storm.dead() {
            Some(why) => Err(StreamError::Storm { group: common.options.group.clone(), why }),
            None => Ok(()),
        }
    }
}

/// The fault of an input that is to become a dead letter; with any other there is no going on.
fn poison(fault: Fault) -> Result<Fault, Halt> {
    match fault.error {
        StageError::Poison { .. } => Ok(fault),
        StageError::Transient(failure) => Err(Halt::Later(fault.stage, failure)),
        StageError::Config(failure) => Err(StreamError::from(failure).into()),
        StageError::Stopped => Err(stopped().into()),
    }
}
