//! The pipeline as a script builds it, and how it is run.

use rhai::{Array, Dynamic, FnPtr, ImmutableString, Map, NativeCallContext};

use super::options::Given;
use super::script::{Home, Role};
use super::step::Step;
use crate::context::{Context, script};
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::type_word::a_type;
use crate::stream::{self, Options, StageSpec, Summary};

/// A pipeline that is not running: each method gives a new one.
#[derive(Debug, Clone)]
pub struct Pipeline {
    topics: Vec<String>,
    tasks: usize,
    workers: usize,
    options: Options,
    steps: Vec<Step>,
}

impl Pipeline {
    /// A pipeline that reads `topics`.
    pub fn new(topics: Vec<String>, given: Given) -> Result<Pipeline, Failure> {
        let (tasks, workers) = (given.tasks, given.workers);
        Ok(Pipeline { topics, tasks, workers, options: given.options()?, steps: Vec::new() })
    }

    /// The same with a native stage at its end.
    pub fn native(&self, stage: StageSpec) -> Pipeline {
        self.with(Step::Native(stage))
    }

    /// The same with a closure at its end, which keeps a state of each partition if there is one to
    /// begin with.
    pub fn script(&self, role: Role, closure: FnPtr, state: Option<Map>) -> Pipeline {
        self.with(Step::Script(role, closure, state))
    }

    /// The same, producing to those of `topics` whose closures say so.
    pub fn branch(&self, topics: Map) -> Result<Pipeline, Failure> {
        Ok(self.with(Step::branch(topics)?))
    }

    /// The same, producing to `topic`.
    pub fn to(&self, topic: &str) -> Pipeline {
        self.with(Step::To(topic.into()))
    }

    /// The same with a topic for records that cannot be processed.
    pub fn dead_letters(&self, topic: &str) -> Pipeline {
        let mut pipeline = self.clone();
        pipeline.options.dead_letters = Some(topic.to_owned());
        pipeline
    }

    /// The same with metrics called `prefix` and something.
    pub fn metrics(&self, prefix: &str) -> Pipeline {
        let mut pipeline = self.clone();
        pipeline.options.metrics = Some(prefix.to_owned());
        pipeline
    }

    fn with(&self, step: Step) -> Pipeline {
        let mut pipeline = self.clone();
        pipeline.steps.push(step);
        pipeline
    }

    /// What one of the tasks did, or all of them together, as scripts see it.
    pub fn summary(&self, tasks: impl Iterator<Item = Summary>) -> Map {
        summary_map(&self.options.group, tasks.fold(Summary::default(), Summary::plus))
    }

    /// The pipelines of all tasks, ready to run, with their closures at `home`.
    pub fn build<'env>(
        &self,
        home: &Home<'env>,
        context: &Context,
    ) -> Result<Vec<stream::Pipeline<'env>>, Failure> {
        let one = |task| {
            let mut pipeline = stream::Pipeline::new(self.topics.clone(), self.options.clone());
            pipeline.task = task;
            pipeline.script = script::sha256(context);
            let chain = |_| {
                self.steps.iter().map(|step| step.build(home, context)).collect::<Result<_, _>>()
            };
            pipeline.chains = (0..self.workers).map(chain).collect::<Result<_, _>>()?;
            Ok(pipeline)
        };
        (0..self.tasks).map(one).collect()
    }
}

impl std::fmt::Display for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.topics.join(", "))?;
        self.steps.iter().try_for_each(|step| write!(f, " > {step}"))
    }
}

/// Runs `pipelines` side by side until the run is stopped or they end, and returns what each did.
///
/// A signal ends a pipeline in good order: the run goes on after it, with a fresh token.
pub fn run(call: &NativeCallContext, pipelines: &[Pipeline]) -> RhaiResultOf<Vec<Map>> {
    let (context, home) = (call::context(call)?, Home::Script(call));
    script::begin_pipeline(&context)?;
    let mut all = Vec::new();
    for pipeline in pipelines {
        all.extend(pipeline.build(&home, &context)?);
    }
    let mut summaries = stream::run_all(&context, all)?.into_iter();
    if context.cancel().is_cancelled() {
        context.renew();
    }
    let sums =
        pipelines.iter().map(|pipeline| pipeline.summary(summaries.by_ref().take(pipeline.tasks)));
    Ok(sums.collect())
}

/// The pipelines that a script put into an array.
pub fn pipelines(array: Array) -> Result<Vec<Pipeline>, Failure> {
    let one = |value: Dynamic| {
        let found = value.type_name();
        value.try_cast::<Pipeline>().ok_or_else(|| {
            Failure::new(
                Kind::Usage,
                format!("cannot run {}: give an array of pipelines", a_type(found)),
            )
        })
    };
    array.into_iter().map(one).collect()
}

/// The names of topics that a script put into an array.
pub fn topics(array: Array) -> Result<Vec<String>, Failure> {
    let one = |value: Dynamic| {
        value.into_string().map_err(|found| {
            Failure::new(Kind::Usage, format!("cannot read from a topic that is {}", a_type(found)))
        })
    };
    array.into_iter().map(one).collect()
}

fn summary_map(group: &str, summary: Summary) -> Map {
    let count = |number: u64| Dynamic::from(number as i64);
    Map::from([
        ("group".into(), ImmutableString::from(group).into()),
        ("consumed".into(), count(summary.consumed)),
        ("produced".into(), count(summary.produced)),
        ("skipped".into(), count(summary.skipped)),
        ("dead_letters".into(), count(summary.dead_letters)),
        ("seconds".into(), summary.duration.as_secs_f64().into()),
    ])
}
