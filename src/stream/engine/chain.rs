//! The stages of a pipeline, one after the other.

use std::mem::swap;

use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// Which stage failed, and how.
pub struct Fault {
    pub stage: String,
    pub error: StageError,
}

/// The stages, with the two buffers that every record passes through.
pub struct Chain<'env> {
    stages: Vec<Box<dyn Stage + 'env>>,
    /// What came out of the last stage.
    pub messages: Vec<Message>,
    next: Vec<Message>,
}

impl<'env> Chain<'env> {
    pub fn new(stages: Vec<Box<dyn Stage + 'env>>) -> Chain<'env> {
        Chain { stages, messages: Vec::new(), next: Vec::new() }
    }

    /// Runs `record` through all stages; nothing leaves the chain unless all of them succeed.
    pub fn apply(&mut self, record: &Record) -> Result<(), Fault> {
        self.messages.clear();
        self.messages.push(Message::of(record));
        for stage in &mut self.stages {
            self.next.clear();
            for message in self.messages.drain(..) {
                stage
                    .apply(record, message, &mut self.next)
                    .map_err(|error| Fault { stage: stage.name().to_owned(), error })?;
            }
            swap(&mut self.messages, &mut self.next);
        }
        Ok(())
    }
}
