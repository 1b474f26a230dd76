//! Stages with one closure.

use super::function::Function;
use super::returned;
use super::states::States;
use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// What a closure is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What to make of the record.
    Map,
    /// Which records to make of it.
    FlatMap,
    /// Whether to keep it.
    Filter,
    /// Where it goes.
    To,
}

impl Role {
    /// The method that takes the closure.
    pub fn name(self) -> &'static str {
        match self {
            Role::Map => "map",
            Role::FlatMap => "flat_map",
            Role::Filter => "filter",
            Role::To => "to",
        }
    }
}

/// Asks a closure about each record.
pub struct Closure<'env> {
    role: Role,
    function: Function<'env>,
    /// What it keeps of each partition, where the script asks for that.
    states: Option<States>,
}

impl<'env> Closure<'env> {
    /// A stage that asks `function` what `role` says; with `states` it also gets the partition's.
    pub fn new(role: Role, function: Function<'env>, states: Option<States>) -> Self {
        Closure { role, function, states }
    }
}

impl Stage for Closure<'_> {
    fn name(&self) -> &str {
        self.role.name()
    }

    fn apply(
        &mut self,
        origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        let record = message.as_record(origin);
        let answer = match &mut self.states {
            Some(states) => self.function.ask((record, states.of(origin)))?,
            None => self.function.ask((record,))?,
        };
        match self.role {
            Role::Map => out.extend(returned::message(message, answer)?),
            Role::FlatMap => returned::messages(&message, answer, out)?,
            Role::Filter => {
                if returned::verdict(&answer)? {
                    out.push(message);
                }
            }
            Role::To => returned::targets(message, answer, out)?,
        }
        Ok(())
    }

    fn undo(&mut self) {
        self.states.iter_mut().for_each(States::undo);
    }

    fn forget(&mut self, topic: &str, partition: i32) {
        self.states.iter_mut().for_each(|states| states.forget(topic, partition));
    }

    fn keep(&mut self, commits: u64) {
        self.states.iter_mut().for_each(|states| states.keep(commits));
    }

    fn take_back(&mut self, topic: &str, partition: i32, commits: u64) {
        self.states.iter_mut().for_each(|states| states.take_back(topic, partition, commits));
    }
}
