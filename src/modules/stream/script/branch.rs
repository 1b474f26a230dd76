//! The stage that sends a record to every topic whose condition is true.

use std::sync::Arc;

use super::function::Function;
use super::returned;
use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// Topics, each with the closure that says which records go there.
pub struct Branch<'env>(pub Vec<(Arc<str>, Function<'env>)>);

impl Stage for Branch<'_> {
    fn name(&self) -> &'static str {
        "branch"
    }

    fn apply(
        &mut self,
        origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        let record = message.as_record(origin);
        for (topic, condition) in &self.0 {
            if returned::verdict(&condition.ask((record.clone(),))?)? {
                out.push(Message { topic: Some(topic.clone()), ..message.clone() });
            }
        }
        Ok(())
    }
}
