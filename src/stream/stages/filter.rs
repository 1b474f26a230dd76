//! Keeps the records that pass a test.

use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// Lets a message through where the closure says so.
pub struct Filter<F>(pub F);

impl<F: FnMut(&Message) -> bool + Send> Stage for Filter<F> {
    fn name(&self) -> &'static str {
        "filter"
    }

    fn apply(
        &mut self,
        _origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        if (self.0)(&message) {
            out.push(message);
        }
        Ok(())
    }
}
