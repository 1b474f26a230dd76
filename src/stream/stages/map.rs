//! Makes one record of another.

use crate::clients::kafka::Record;
use crate::stream::{Message, Stage, StageError};

/// Replaces a message by what the closure makes of it; none drops it.
pub struct Map<F>(pub F);

impl<F: FnMut(Message) -> Result<Option<Message>, StageError> + Send> Stage for Map<F> {
    fn name(&self) -> &'static str {
        "map"
    }

    fn apply(
        &mut self,
        _origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        out.extend((self.0)(message)?);
        Ok(())
    }
}
