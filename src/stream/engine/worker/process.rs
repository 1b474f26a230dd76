//! What happens to one record: its stages, its outputs or its dead letter.

use std::mem::take;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Worker;
use super::chain::Fault;
use super::dead_letter::{dead_letter, shorter};
use crate::clients::kafka::Record;
use crate::error::Failure;
use crate::stream::engine::common::stopped;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::lane::{Batch, Lane};
use crate::stream::engine::ledger::ticket::Ticket;
use crate::stream::engine::promise::{Dismissed, Permit};
use crate::stream::engine::sink::Refused;
use crate::stream::{Message, StageError, StreamError};

/// How long what was finished may wait to be entered together with what follows.
const ENTER_EVERY: Duration = Duration::from_millis(5);

/// Whether the producer took a record.
enum Sent {
    Yes,
    TooLarge,
}

/// Why an input was not dealt with.
enum Halt {
    /// The stage of this name cannot process it now.
    Later(String, Failure),
    /// It is read again, here or by whoever has its partition now.
    Void,
    /// The run cannot go on.
    Failed(StreamError),
}

impl From<StreamError> for Halt {
    fn from(error: StreamError) -> Halt {
        Halt::Failed(error)
    }
}

/// An input that is worked on.
struct Input<'a> {
    lane: &'a Lane,
    record: &'a Record,
    number: u64,
    attempt: u32,
}

impl Input<'_> {
    fn place(&self) -> String {
        self.lane.at(self.record.offset())
    }
}

impl<'run> Worker<'run, '_> {
    /// Deals with records in their order. An input that is broken off by the stop of the run stays
    /// for the next run.
    pub fn work(&mut self, mut batch: Batch) -> Result<(), StreamError> {
        let desk = &self.common.desk;
        let Some(first) = desk.lock().begin(&batch) else { return Ok(()) };
        self.finished.first = first;
        let lane = batch.lane.clone();
        let ended = self.through(&batch);
        self.chain.report();
        self.enter(&lane);
        let next = self.finished.first;
        // What was started on and not finished stays open: its offset is never committed.
        let open = u64::from(matches!(ended, Err(Halt::Void | Halt::Failed(_))));
        let sent = take(&mut self.sent).0 as isize;
        desk.enter(|ledger| ledger.end(&lane, next + open, sent));
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

    /// Deals with record after record, until one must wait, the lane is gone or the pipeline ends.
    fn through(&mut self, batch: &Batch) -> Result<(), Halt> {
        let lane = &batch.lane;
        self.chain.enter(&lane.topic, lane.partition, lane.epoch);
        let mut tried = batch.attempt;
        for record in &batch.records {
            if lane.gone() || self.halted() {
                break;
            }
            self.pulse.beat();
            let number = self.finished.first + self.finished.outputs.len() as u64;
            self.process(&Input { lane, record, number, attempt: tried + 1 })?;
            tried = 0;
        }
        Ok(())
    }

    fn process(&mut self, input: &Input<'_>) -> Result<(), Halt> {
        let started = Instant::now();
        let made = self.chain.apply(input.record);
        let now = Instant::now();
        let common = self.common;
        common.meter.iter().for_each(|meter| meter.transformed(now - started));
        let fault = match made {
            Ok(()) => None,
            Err(Fault { error: StageError::Stopped, .. }) => return Err(stopped().into()),
            Err(Fault { error: StageError::Config(failure), .. }) => {
                return Err(StreamError::from(failure).into());
            }
            Err(Fault { error: StageError::Transient(failure), stage }) => {
                return Err(Halt::Later(stage, failure));
            }
            Err(fault) => Some(fault),
        };
        let permit = self.permit(input)?;
        let dead = match fault {
            Some(fault) => self.letter(input, &fault),
            None => self.emit(input),
        };
        if dead.is_err() && self.sent.0 > 0 {
            // As long as the permit is held: a commit must not come before.
            common.desk.enter(Ledger::tear);
        }
        let dead = dead?;
        self.finished.outputs.push(take(&mut self.sent));
        self.good += usize::from(!dead);
        if permit.is_some() || now - self.entered >= ENTER_EVERY {
            self.entered = now;
            self.enter(input.lane);
        }
        if dead {
            self.storm()?;
        }
        Ok(())
    }

    /// Waits until what was made of the input may be sent.
    fn permit(&mut self, input: &Input<'_>) -> Result<Permit<'run>, Halt> {
        let common = self.common;
        if common.promise.closed() {
            // The wait is for the brokers: as long as they take, the worker is not stuck.
            self.pulse.rest();
        }
        let permit = common.promise.permit().map_err(|Dismissed| Halt::from(stopped()))?;
        self.pulse.beat();
        if input.lane.void() { Err(Halt::Void) } else { Ok(permit) }
    }

    /// Enters what was finished.
    fn enter(&mut self, lane: &Lane) {
        let common = self.common;
        if self.finished.outputs.is_empty() {
            return;
        }
        common.meter.iter().for_each(|meter| {
            let skipped = self.finished.outputs.iter().filter(|(sent, _)| *sent == 0).count();
            meter.skipped.inc_by(skipped as f64);
        });
        common.desk.enter(|ledger| ledger.finish(lane, &self.finished));
        self.finished.first += self.finished.outputs.len() as u64;
        self.finished.outputs.clear();
        common.storm().pass(take(&mut self.good));
    }

    /// Sends what was made of the input; true where it became a dead letter instead.
    fn emit(&mut self, input: &Input<'_>) -> Result<bool, Halt> {
        let mut messages = take(&mut self.chain.messages);
        let sent = messages.drain(..).try_fold(false, |dead, message| {
            let Some(target) = &message.topic else {
                return Err(StreamError::NoTarget(input.place()).into());
            };
            if dead {
                return Ok(true);
            }
            self.common.sink.admit(target)?;
            match self.send(input, (target, false), &message)? {
                Sent::Yes => Ok(false),
                Sent::TooLarge => self.too_large(input, target, message.size()),
            }
        });
        self.chain.messages = messages;
        sent
    }

    fn too_large(&mut self, input: &Input<'_>, target: &str, bytes: usize) -> Result<bool, Halt> {
        let text = format!("{bytes} bytes are more than the producer may send");
        let error = StageError::poison("too_large", text);
        self.letter(input, &Fault { stage: format!("produce {target}"), error })
    }

    /// Sends the dead letter of the input; true, for the input is one.
    fn letter(&mut self, input: &Input<'_>, fault: &Fault) -> Result<bool, Halt> {
        let common = self.common;
        let poisoned = |stage: &str, message: String| {
            let stage = stage.to_owned();
            Err(Halt::Failed(StreamError::Poisoned { input: input.place(), stage, message }))
        };
        let Some(topic) = &common.options.dead_letters else {
            return poisoned(&fault.stage, fault.error.to_string());
        };
        if common.storm().next_is_news() {
            tracing::warn!("{} is a dead letter: {}", input.place(), fault.error);
        } else {
            tracing::debug!("{} is a dead letter: {}", input.place(), fault.error);
        }
        let target: Arc<str> = topic.as_str().into();
        let letter = dead_letter(&common.origin, input.record, fault, input.attempt);
        if let Sent::Yes = self.send(input, (&target, true), &letter)? {
            return Ok(true);
        }
        match self.send(input, (&target, true), &shorter(letter))? {
            Sent::Yes => Ok(true),
            Sent::TooLarge => poisoned(
                &format!("produce {target}"),
                "its dead letter is larger than the producer may send".to_owned(),
            ),
        }
    }

    /// Counts a dead letter, and ends the run where there are too many.
    fn storm(&mut self) -> Result<(), StreamError> {
        let common = self.common;
        let mut storm = common.storm();
        storm.pass(take(&mut self.good));
        match storm.dead() {
            Some(why) => Err(StreamError::Storm { group: common.options.group.clone(), why }),
            None => Ok(()),
        }
    }

    /// Sends `message`; while the producer's queue is full, waits for reports.
    fn send(
        &mut self,
        input: &Input<'_>,
        (target, dead_letter): (&str, bool),
        message: &Message,
    ) -> Result<Sent, Halt> {
        let common = self.common;
        let ticket = Ticket::new(input.lane.id, input.number, dead_letter);
        loop {
            match common.sink.send(target, message, ticket) {
                Ok(()) => break,
                Err(Refused::TooLarge) => return Ok(Sent::TooLarge),
                Err(Refused::Failed(error)) => return Err(error.into()),
                Err(Refused::Broken) => {
                    common.desk.enter(|ledger| ledger.broken = true);
                    return Err(Halt::Void);
                }
                Err(Refused::Full) => {
                    self.pulse.beat();
                    if self.halted() {
                        return Err(stopped().into());
                    }
                    if input.lane.void() {
                        return Err(Halt::Void);
                    }
                    common.desk.wait_for_report(Duration::from_millis(100));
                }
            }
        }
        self.sent.0 += 1;
        self.sent.1 += message.size();
        Ok(Sent::Yes)
    }
}
