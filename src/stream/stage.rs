//! A step of a pipeline, and how it may fail.

use std::fmt;
use std::sync::Arc;

use super::message::Message;
use crate::clients::kafka::Record;
use crate::context::Context;
use crate::error::{Failure, Kind};

/// One step of a pipeline.
pub trait Stage: Send {
    /// The name that logs and dead letters show, for example `sal::text_to_avro`.
    fn name(&self) -> &str;

    /// Turns `message`, which came from the input `origin`, into none, one or many, pushed to `out`.
    fn apply(
        &mut self,
        origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError>;

    /// The record in hand could not be processed, here or by a later stage: what is remembered of it
    /// is void.
    fn undo(&mut self) {}

    /// A partition goes, or comes in a new assignment: what is remembered of it is void.
    fn forget(&mut self, _topic: &str, _partition: i32) {}

    /// What is made of the record in hand belongs to the transaction after so many commits.
    fn keep(&mut self, _commits: u64) {}

    /// The transaction after so many commits was taken back: what is remembered of the partition's
    /// records in it is void, for they come again.
    fn take_back(&mut self, _topic: &str, _partition: i32, _commits: u64) {}
}

/// Why a stage could not process a message, and so what the pipeline does about it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StageError {
    /// The record is at fault: it goes to the dead letters.
    #[error("{message}")]
    Poison {
        /// What is wrong with it.
        message: String,
        /// The class of the error, one word.
        class: &'static str,
        /// Where it happened, for people; may be empty.
        trace: String,
    },
    /// A service is at fault for now: the record is tried again, reading pauses.
    #[error("{0}")]
    Transient(Failure),
    /// The set-up is at fault: the pipeline stops.
    #[error("{0}")]
    Config(Failure),
    /// The run is being stopped: the record is left for the next run.
    #[error("stopped")]
    Stopped,
}

impl StageError {
    /// The record is at fault.
    pub fn poison(class: &'static str, message: impl Into<String>) -> StageError {
        StageError::Poison { message: message.into(), class, trace: String::new() }
    }

    /// What a failure of a service means for the record: a refusal is the set-up's fault, what may pass is tried again,
    /// everything else is the record's fault.
    pub fn classify(failure: Failure) -> StageError {
        match failure.kind {
            Kind::Cancelled => StageError::Stopped,
            Kind::Denied | Kind::Usage | Kind::Fatal => StageError::Config(failure),
            Kind::Unreachable | Kind::Timeout => StageError::Transient(failure),
            _ if failure.retriable => StageError::Transient(failure),
            kind => StageError::poison(kind.as_str(), failure.message),
        }
    }
}

type Make = dyn Fn(&Context) -> Result<Box<dyn Stage>, Failure> + Send + Sync;

/// A stage that is not made yet: a plain value that modules hand around.
#[derive(Clone)]
pub struct StageSpec {
    name: Arc<str>,
    make: Arc<Make>,
}

impl StageSpec {
    /// A stage called `name`, made by `make` once for each pipeline that runs it.
    pub fn new(
        name: &str,
        make: impl Fn(&Context) -> Result<Box<dyn Stage>, Failure> + Send + Sync + 'static,
    ) -> StageSpec {
        StageSpec { name: name.into(), make: Arc::new(make) }
    }

    /// The name that logs and dead letters show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes the stage for one pipeline of the run `context`.
    pub fn build(&self, context: &Context) -> Result<Box<dyn Stage>, Failure> {
        (self.make)(context)
    }
}

impl fmt::Debug for StageSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StageSpec").field(&self.name).finish()
    }
}
