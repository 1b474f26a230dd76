//! Stages with one closure.

use super::function::Function;
use super::returned;
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
}

impl<'env> Closure<'env> {
    /// A stage that asks `function` what `role` says.
    pub fn new(role: Role, function: Function<'env>) -> Self {
        Closure { role, function }
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
        let answer = self.function.ask((message.as_record(origin),))?;
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
}
