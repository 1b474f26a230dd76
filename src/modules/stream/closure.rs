//! A stage that is a closure of the script.

use rhai::{Dynamic, EvalAltResult, FnPtr, NativeCallContext};
use tokio_util::sync::CancellationToken;

use super::returned;
use crate::clients::kafka::Record;
use crate::error::{Failure, Kind};
use crate::modules::error::failure;
use crate::stream::{Message, Stage, StageError};

/// What a closure is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What to make of the record.
    Map,
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
            Role::Filter => "filter",
            Role::To => "to",
        }
    }
}

/// Calls a closure for each record, on the thread of the pipeline.
pub struct Closure<'env> {
    call: &'env NativeCallContext<'env>,
    role: Role,
    function: FnPtr,
    stop: CancellationToken,
}

impl<'env> Closure<'env> {
    /// A stage that calls `function` in the script that made `call`.
    ///
    /// What the closure captured is copied: several pipelines may run it on several threads, where
    /// captures that are shared would be data races. Once `stop` is cancelled, no answer of the
    /// closure counts.
    pub fn new(
        call: &'env NativeCallContext<'env>,
        role: Role,
        function: &FnPtr,
        stop: CancellationToken,
    ) -> Self {
        let mut own = function.clone();
        own.set_curry(function.iter_curry().map(Dynamic::flatten_clone).collect::<Vec<_>>());
        Closure { call, role, function: own, stop }
    }
}

impl Stage for Closure<'_> {
    fn name(&self) -> &str {
        self.role.name()
    }

    fn apply(
        &mut self,
        origin: &Record,
        mut message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        let record = message.as_record(origin);
        let answer = self.function.call_within_context::<Dynamic>(self.call, (record,));
        // What it waited for was broken off: it may have caught that, and made up something else.
        if self.stop.is_cancelled() {
            return Err(StageError::Stopped);
        }
        let answer = answer.map_err(|error| fault(&error))?;
        match self.role {
            Role::Map => out.extend(returned::message(message, answer)?),
            Role::Filter => {
                if answer.as_bool().map_err(|found| returned::wrong("true or false", found))? {
                    out.push(message);
                }
            }
            Role::To => {
                let topic = answer.into_immutable_string();
                let topic = topic.map_err(|found| returned::wrong("the name of a topic", found))?;
                message.topic = Some(topic.as_str().into());
                out.push(message);
            }
        }
        Ok(())
    }
}

/// An exception is the record's fault, unless a service raised it that may be back later, or the run
/// is being stopped.
fn fault(error: &EvalAltResult) -> StageError {
    if matches!(root(error), EvalAltResult::ErrorTerminated(..)) {
        return StageError::Stopped;
    }
    let Failure { kind, retriable, message, .. } = failure(root(error));
    match kind {
        Kind::Cancelled => StageError::Stopped,
        Kind::Unreachable | Kind::Timeout => {
            StageError::Transient(Failure { retriable: true, ..Failure::new(kind, message) })
        }
        _ if retriable => StageError::Transient(Failure::new(kind, message)),
        Kind::Denied => StageError::Config(Failure::new(kind, message)),
        _ => StageError::Poison { message, class: kind.as_str(), trace: error.to_string() },
    }
}

/// The error that the calls around it carry.
fn root(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _)
        | EvalAltResult::ErrorInModule(_, inner, _) => root(inner),
        other => other,
    }
}
