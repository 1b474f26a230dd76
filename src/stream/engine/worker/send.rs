//! How what was made of an input gets to the producer: as its outputs, or as its dead letter.

use std::mem::take;
use std::sync::Arc;
use std::time::Duration;

use super::Worker;
use super::chain::Fault;
use super::dead_letter::{dead_letter, shorter};
use super::input::{Fate, Halt, Input};
use crate::stream::engine::common::stopped;
use crate::stream::engine::ledger::ticket::Ticket;
use crate::stream::engine::sink::Refused;
use crate::stream::{Message, StageError, StreamError};

/// What the producer said to a record.
enum Answer {
    Taken,
    TooLarge,
}

/// What a record is to its input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Output,
    DeadLetter,
}

impl Worker<'_, '_> {
    /// Sends what the chain made of the input. An output that is too large makes the input a dead
    /// letter.
    pub(super) fn send_outputs(&mut self, input: &Input<'_>) -> Result<Fate, Halt> {
        let mut outputs = take(&mut self.chain.messages);
        let sent = outputs.iter().try_fold(Fate::Made, |fate, output| match fate {
            Fate::Made => self.send_output(input, output),
            // The others would come twice when the dead letter is replayed.
            Fate::DeadLetter => Ok(fate),
        });
        outputs.clear();
        self.chain.messages = outputs;
        sent
    }

    fn send_output(&mut self, input: &Input<'_>, output: &Message) -> Result<Fate, Halt> {
        let Some(target) = &output.topic else {
            return Err(StreamError::NoTarget(input.place()).into());
        };
        if self.admitted.as_ref().is_none_or(|topic| !Arc::ptr_eq(topic, target)) {
            self.common.sink.admit(target)?;
            self.admitted = Some(target.clone());
        }
        if let Answer::Taken = self.send(input, Role::Output, target, output)? {
            return Ok(Fate::Made);
        }
        let text = format!("{} bytes are more than the producer may send", output.size());
        let error = StageError::poison("too_large", text);
        self.send_dead_letter(input, &Fault { stage: format!("produce {target}"), error })?;
        Ok(Fate::DeadLetter)
    }

    /// Sends the dead letter of the input, without its long headers where it is too large.
    pub(super) fn send_dead_letter(
        &mut self,
        input: &Input<'_>,
        fault: &Fault,
    ) -> Result<(), Halt> {
        let common = self.common;
        let Some(topic) = &common.options.dead_letters else {
            let (stage, message) = (fault.stage.clone(), fault.error.to_string());
            return Err(StreamError::Poisoned { input: input.place(), stage, message }.into());
        };
        if common.storm().next_is_news() {
            tracing::warn!("{} is a dead letter: {}", input.place(), fault.error);
        } else {
            tracing::debug!("{} is a dead letter: {}", input.place(), fault.error);
        }
        let letter = dead_letter(&common.origin, input.record, fault, input.attempt);
        let short = input.conviction.is_some_and(|conviction| conviction.short);
        if !short && let Answer::Taken = self.send(input, Role::DeadLetter, topic, &letter)? {
            return Ok(());
        }
        match self.send(input, Role::DeadLetter, topic, &shorter(letter))? {
            Answer::Taken => Ok(()),
            Answer::TooLarge => {
                let why = "it is larger than the producer may send".to_owned();
                Err(StreamError::NoLetter { input: input.place(), topic: topic.clone(), why }
                    .into())
            }
        }
    }

    /// Hands one record to the producer; while its queue is full, waits for reports.
    fn send(
        &mut self,
        input: &Input<'_>,
        role: Role,
        target: &str,
        message: &Message,
    ) -> Result<Answer, Halt> {
        let common = self.common;
        let ticket = Ticket::new(input.lane.id, input.number, role == Role::DeadLetter);
        loop {
            match common.sink.send(target, message, ticket) {
                Ok(()) => break,
                Err(Refused::TooLarge) => return Ok(Answer::TooLarge),
                Err(Refused::Failed(error)) => return Err(error.into()),
                Err(Refused::Transaction) => {
                    common.desk.enter(|ledger| ledger.refusing = true);
                    return Err(Halt::Void);
                }
                Err(Refused::Full) => self.wait_for_reports(input)?,
            }
        }
        self.outputs.records += 1;
        self.outputs.bytes += message.size();
        Ok(Answer::Taken)
    }

    fn wait_for_reports(&mut self, input: &Input<'_>) -> Result<(), Halt> {
        self.pulse.beat();
        if self.halted() {
            return Err(stopped().into());
        }
        if input.lane.is_void() {
            return Err(Halt::Void);
        }
        self.common.desk.wait_for_report(Duration::from_millis(100));
        Ok(())
    }
}
