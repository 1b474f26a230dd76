//! The stage that keeps the records for which an expression is true.

use rhai::Engine;

use super::function::fault;
use crate::clients::kafka::Record;
use crate::modules::engines;
use crate::modules::expression::Filter;
use crate::stream::{Message, Stage, StageError, StageSpec};

/// What logs and dead letters call the stage.
const NAME: &str = "stream::filter";

/// An expression with an engine of its own.
struct Expression {
    engine: Engine,
    filter: Filter,
}

/// The stage as a value.
pub fn expression(filter: Filter) -> StageSpec {
    StageSpec::new(NAME, move |context| {
        Ok(Box::new(Expression { engine: engines::engine(context)?, filter: filter.clone() }))
    })
}

impl Stage for Expression {
    fn name(&self) -> &str {
        NAME
    }

    fn apply(
        &mut self,
        origin: &Record,
        message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        let kept = self.filter.keeps(&self.engine, &message.as_record(origin));
        if kept.map_err(|error| fault(&error))? {
            out.push(message);
        }
        Ok(())
    }
}
