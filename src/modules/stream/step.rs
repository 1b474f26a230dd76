//! One step of a pipeline: a value until the pipeline runs.

use std::fmt;
use std::sync::Arc;

use rhai::{Dynamic, FnPtr, Identifier, Map};

use super::script::{Branch, Closure, Function, Home, Role, States};
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

    /// The stage for one worker, whose closures are called at `home`.
    pub fn build<'env>(
        &self,
        home: &Home<'env>,
        context: &Context,
    ) -> Result<Box<dyn Stage + 'env>, Failure> {
        let own = |closure| Function::new(home.clone(), closure, context.cancel());
        Ok(match self {
            Step::Native(stage) => stage.build(context)?,
            Step::To(topic) => Box::new(To(topic.clone())),
            Step::Script(role, closure, state) => {
                let states = state.clone().map(States::new);
                Box::new(Closure::new(*role, own(closure)?, states))
            }
            Step::Branch(branches) => {
                let branches =
                    branches.iter().map(|(topic, closure)| Ok((topic.clone(), own(closure)?)));
                Box::new(Branch(branches.collect::<Result<_, Failure>>()?))
            }
        })
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
