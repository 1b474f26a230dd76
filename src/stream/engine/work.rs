//! What happens to one record: its stages, its outputs or its dead letter.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::chain::Fault;
use super::dead_letter::{dead_letter, shorter};
use super::ledger::lock;
use super::sink::{Refused, Ticket};
use super::{Input, Run};
use crate::clients::kafka::Record;
use crate::error::{Explain, Failure, Kind};
use crate::stream::{Message, StageError, StreamError};

/// Why an input was not dealt with.
enum Halt {
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

/// Whether the producer took a record.
enum Sent {
    Yes,
    TooLarge,
}

impl Run<'_, '_> {
    /// Deals with one input, or puts it back to be tried again. An input that is broken off by the
    /// stop of the run stays for the next run.
    pub fn work(&mut self, input: Input) -> Result<(), StreamError> {
        match self.process(input) {
            Ok(()) | Err(Halt::Void) => Ok(()),
            Err(Halt::Failed(error))
                if self.stop.is_cancelled() && error.kind() == Kind::Cancelled =>
            {
                Ok(())
            }
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    fn process(&mut self, mut input: Input) -> Result<(), Halt> {
        if !self.owns(&input) {
            return Ok(());
        }
        input.attempt += 1;
        let started = Instant::now();
        let made = self.chain.apply(&input.record);
        self.meter.iter().for_each(|meter| meter.transformed(started.elapsed()));
        let made = match made {
            Err(Fault { error: StageError::Stopped, .. }) => return Err(stopped().into()),
            Err(Fault { error: StageError::Config(failure), .. }) => {
                return Err(StreamError::from(failure).into());
            }
            Err(Fault { error: StageError::Transient(failure), stage }) => {
                let pause = self.gate.retry_after(input.attempt);
                let place = place(&input.record);
                tracing::warn!("{stage} cannot process {place} now, again in {pause:?}: {failure}");
                self.hold(input);
                return Ok(());
            }
            made => made,
        };
        let promise = self.promise.clone();
        let _permit = promise.permit();
        let dead = match made {
            Ok(messages) => self.emit(&input, messages)?,
            Err(fault) => self.bury(&input, &fault)?,
        };
        self.finish(&input);
        Ok(self.storm(dead)?)
    }

    /// Whether the input's partition is still ours, in the assignment in which it was read.
    fn owns(&self, input: &Input) -> bool {
        let record = &input.record;
        let assigned = lock(&self.ledger).assigned(record.topic(), record.partition());
        assigned.is_some_and(|(_, epoch)| epoch == input.epoch)
    }

    /// Sends what was made of the input; true where it became a dead letter instead.
    fn emit(&mut self, input: &Input, messages: Vec<Message>) -> Result<bool, Halt> {
        self.begin(input)?;
        if messages.is_empty() {
            self.summary.skipped += 1;
            self.meter.iter().for_each(|meter| meter.skipped.inc());
        }
        for message in messages {
            let Some(target) = message.topic.clone() else {
                return Err(StreamError::NoTarget(place(&input.record)).into());
            };
            self.sink.admit(&target)?;
            if let Sent::TooLarge = self.send(input, &target, &message, false)? {
                let text = format!("{} bytes are more than the producer may send", message.size());
                let error = StageError::poison("too_large", text);
                return self.letter(input, &Fault { stage: format!("produce {target}"), error });
            }
        }
        Ok(false)
    }

    fn bury(&mut self, input: &Input, fault: &Fault) -> Result<bool, Halt> {
        if self.options.dead_letters.is_some() {
            self.begin(input)?;
        }
        self.letter(input, fault)
    }

    fn letter(&mut self, input: &Input, fault: &Fault) -> Result<bool, Halt> {
        let Some(topic) = &self.options.dead_letters else {
            return Err(Halt::Failed(StreamError::Poisoned {
                input: place(&input.record),
                stage: fault.stage.clone(),
                message: fault.error.to_string(),
            }));
        };
        if self.storm.next_is_news() {
            tracing::warn!("{} is a dead letter: {}", place(&input.record), fault.error);
        } else {
            tracing::debug!("{} is a dead letter: {}", place(&input.record), fault.error);
        }
        let target: Arc<str> = topic.as_str().into();
        let mut letter = dead_letter(&self.origin, &input.record, fault, input.attempt);
        if let Sent::TooLarge = self.send(input, &target, &letter, true)? {
            letter = shorter(letter);
            if let Sent::TooLarge = self.send(input, &target, &letter, true)? {
                return Err(Halt::Failed(StreamError::Poisoned {
                    input: place(&input.record),
                    stage: format!("produce {target}"),
                    message: "its dead letter is larger than the producer may send".to_owned(),
                }));
            }
        }
        Ok(true)
    }

    fn storm(&mut self, dead: bool) -> Result<(), StreamError> {
        let Some(why) = self.storm.enter(dead) else { return Ok(()) };
        Err(StreamError::Storm { group: self.options.group.clone(), why })
    }

    /// Sends `message`; while the producer's queue is full, waits for reports.
    fn send(
        &mut self,
        input: &Input,
        target: &Arc<str>,
        message: &Message,
        dead_letter: bool,
    ) -> Result<Sent, Halt> {
        let bytes = message.size();
        let target = target.clone();
        let ticket = Ticket { bytes, dead_letter, target, ..ticket(input) };
        lock(&self.ledger).sent(&ticket);
        loop {
            match self.sink.send(message, ticket.clone()) {
                Ok(()) => return Ok(Sent::Yes),
                Err(Refused::Full) => {
                    if let Err(halt) = self.wait_for_reports(input) {
                        lock(&self.ledger).unsend(&ticket);
                        return Err(halt);
                    }
                }
                Err(Refused::Broken) => {
                    let mut ledger = lock(&self.ledger);
                    ledger.unsend(&ticket);
                    ledger.broken = true;
                    return Err(Halt::Void);
                }
                Err(Refused::TooLarge) => {
                    let mut ledger = lock(&self.ledger);
                    ledger.unsend(&ticket);
                    ledger.settle(&ticket);
                    return Ok(Sent::TooLarge);
                }
                Err(Refused::Failed(error)) => {
                    lock(&self.ledger).unsend(&ticket);
                    return Err(error.into());
                }
            }
        }
    }

    /// One turn of waiting for room in the producer's queue, alive and ready to be stopped.
    fn wait_for_reports(&mut self, input: &Input) -> Result<(), Halt> {
        self.pulse.beat();
        if self.stop.is_cancelled() {
            return Err(stopped().into());
        }
        self.settle(Duration::from_millis(100))?;
        if self.owns(input) { Ok(()) } else { Err(Halt::Void) }
    }

    fn begin(&self, input: &Input) -> Result<(), Halt> {
        if lock(&self.ledger).begin(&ticket(input)) { Ok(()) } else { Err(Halt::Void) }
    }

    fn finish(&mut self, input: &Input) {
        lock(&self.ledger).settle(&ticket(input));
        self.passed(input);
        self.summary.consumed += 1;
    }
}

fn place(record: &Record) -> String {
    format!("{}[{}]@{}", record.topic(), record.partition(), record.offset())
}

fn stopped() -> StreamError {
    Failure::new(Kind::Cancelled, "the pipeline was stopped in the middle of a record").into()
}

/// What ties the records made from `input` to it.
fn ticket(input: &Input) -> Ticket {
    let record = &input.record;
    Ticket {
        topic: record.topic().clone(),
        partition: record.partition(),
        offset: record.offset(),
        epoch: input.epoch,
        bytes: 0,
        since: input.since,
        dead_letter: false,
        target: record.topic().clone(),
    }
}
