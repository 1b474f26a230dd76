//! Sends every record to one topic.

use std::sync::Arc;

use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// Names the output topic, whatever an earlier stage said.
pub struct To(pub Arc<str>);

impl Stage for To {
    fn name(&self) -> &'static str {
        "to"
    }

    fn apply(
        &mut self,
        _origin: &Record,
        mut message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        message.topic = Some(self.0.clone());
        out.push(message);
        Ok(())
    }
}
