//! A closure of the script as a stage calls it.

use rhai::{Dynamic, EvalAltResult, FnPtr, FuncArgs, NativeCallContext};
use tokio_util::sync::CancellationToken;

use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::error::{failure, root};
use crate::modules::{captured, functions};
use crate::stream::StageError;

/// Where closures are called.
#[derive(Clone)]
pub enum Home<'env> {
    /// In the script that waits for the pipeline meanwhile.
    Script(&'env NativeCallContext<'env>),
    /// Anywhere: with an engine like that of the script, and its functions.
    Own(functions::Home),
}

impl Home<'static> {
    /// A home that outlives the script's `call`.
    pub fn of(call: &NativeCallContext, context: &Context) -> Result<Self, Failure> {
        functions::Home::own(call, context).map(Home::Own)
    }
}

/// A closure with its own copy of what it captured, called on the thread of one worker.
pub struct Function<'env> {
    home: Home<'env>,
    closure: FnPtr,
    stop: CancellationToken,
}

impl<'env> Function<'env> {
    /// A copy of `closure`, to be called at `home`.
    ///
    /// Once `stop` is cancelled, no answer of the closure counts. An error says that its captures
    /// cannot be copied.
    pub fn new(
        home: Home<'env>,
        closure: &FnPtr,
        stop: CancellationToken,
    ) -> Result<Self, Failure> {
        Ok(Function { home, closure: captured::copied(closure)?, stop })
    }

    /// What the closure returns for `args`.
    pub fn ask(&self, args: impl FuncArgs) -> Result<Dynamic, StageError> {
        let answer = match &self.home {
            Home::Script(call) => self.closure.call_within_context::<Dynamic>(call, args),
            Home::Own(own) => self.closure.call::<Dynamic>(&own.engine, &own.functions, args),
        };
        // What it waited for was broken off: it may have caught that, and made up something else.
        if self.stop.is_cancelled() {
            return Err(StageError::Stopped);
        }
        answer.map_err(|error| fault(&error))
    }
}

/// An exception is the record's fault, unless a service raised it that may be back later, or the run
/// is being stopped.
pub fn fault(error: &EvalAltResult) -> StageError {
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
