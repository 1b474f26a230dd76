//! One step of a pipeline: a value until the pipeline runs.

use std::fmt;
use std::sync::Arc;

use rhai::{Dynamic, FnPtr, Identifier, Map, NativeCallContext};

use super::script::{Branch, Closure, Function, Role, States};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::type_word::a_type;
use crate::stream::stages::To;
use crate::stream::{Stage, StageSpec};

/// One step of a pipeline.
#[derive(Debug, Clone)]
pub enum Step {
    /// A stage of another module, or of the engine.
    Native(StageSpec),
    /// A closure, with the state that it begins each partition with.
    Script(Role, FnPtr, Option<Map>),
    /// Topics with their conditions.
    Branch(Vec<(Arc<str>, FnPtr)>),
    /// One topic for every record.
    To(Arc<str>),
}

impl Step {
    /// The step that produces to those of `topics` whose closures say so.
    pub fn branch(topics: Map) -> Result<Step, Failure> {
        if topics.is_empty() {
            return Err(Failure::new(Kind::Usage, "cannot branch to no topic")
                .with_remedy("give a map of topics with closures: #{ alarms: |record| true }"));
        }
        let one = |(topic, condition): (Identifier, Dynamic)| {
            let found = condition.type_name();
            match condition.try_cast::<FnPtr>() {
                Some(closure) => Ok((topic.as_str().into(), closure)),
                None => Err(Failure::new(
                    Kind::Usage,
                    format!("cannot branch to `{topic}` by {}: give a closure", a_type(found)),
                )),
            }
        };
        Ok(Step::Branch(topics.into_iter().map(one).collect::<Result<_, _>>()?))
    }

    /// The stage for one worker of the script that made `call`.
    pub fn build<'env>(
        &self,
        call: &'env NativeCallContext<'env>,
        context: &Context,
    ) -> Result<Box<dyn Stage + 'env>, Failure> {
        let own = |closure| Function::new(call, closure, context.cancel());
        match self {
            Step::Script(role, closure, state) => {
                let states = state.clone().map(States::new);
                Ok(Box::new(Closure::new(*role, own(closure)?, states)))
            }
            Step::Branch(branches) => {
                let branches =
                    branches.iter().map(|(topic, closure)| Ok((topic.clone(), own(closure)?)));
                Ok(Box::new(Branch(branches.collect::<Result<_, Failure>>()?)))
            }
            Step::Native(_) | Step::To(_) => self.detached(context),
        }
    }

    /// The stage for one worker that outlives the call; a closure does not.
    pub fn detached(&self, context: &Context) -> Result<Box<dyn Stage>, Failure> {
        let closure = match self {
            Step::Native(stage) => return stage.build(context),
            Step::To(topic) => return Ok(Box::new(To(topic.clone()))),
            Step::Script(role, ..) => role.name(),
            Step::Branch(_) => "branch",
        };
        let why = format!("cannot start a pipeline with the closure of `{closure}`");
        Err(Failure::new(Kind::Usage, why)
            .with_remedy("closures need the script's own thread: use run()"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Native(stage) => f.write_str(stage.name()),
            Step::Script(role, ..) => f.write_str(role.name()),
            Step::Branch(branches) => {
                let topics: Vec<&str> = branches.iter().map(|(topic, _)| &**topic).collect();
                write!(f, "branch to {}", topics.join(", "))
            }
            Step::To(topic) => write!(f, "to {topic}"),
        }
    }
}
