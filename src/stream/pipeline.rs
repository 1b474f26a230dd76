//! A pipeline as a value, and several of them run side by side.

use std::thread;

use tokio_util::sync::CancellationToken;

use super::engine;
use super::error::StreamError;
use super::options::Options;
use super::stage::Stage;
use super::summary::Summary;
use crate::context::Context;
use crate::error::{Failure, Kind};

/// Topics, stages and options: everything that [`Pipeline::run`] needs.
pub struct Pipeline<'env> {
    /// The topics that are read.
    pub topics: Vec<String>,
    /// What each record passes through, in order: the same stages once for each worker. A worker
    /// is a thread; all records of a partition pass through one worker, in their order.
    pub chains: Vec<Vec<Box<dyn Stage + 'env>>>,
    /// Everything else.
    pub options: Options,
    /// SHA-256 of the script that made the pipeline, in hex, for its dead letters.
    pub script: Option<String>,
    /// Which of several equal pipelines of one group this is.
    pub task: usize,
}

impl<'env> Pipeline<'env> {
    /// A pipeline that reads `topics`, with one worker.
    pub fn new(topics: Vec<String>, options: Options) -> Pipeline<'env> {
        Pipeline { topics, chains: vec![Vec::new()], options, script: None, task: 0 }
    }

    /// The same pipeline with one more stage at the end of its first worker.
    #[must_use]
    pub fn stage(mut self, stage: impl Stage + 'env) -> Pipeline<'env> {
        let stage: Box<dyn Stage + 'env> = Box::new(stage);
        match self.chains.first_mut() {
            Some(chain) => chain.push(stage),
            None => self.chains.push(vec![stage]),
        }
        self
    }

    /// The same pipeline with one more worker, which runs `stages`.
    #[must_use]
    pub fn worker(mut self, stages: Vec<Box<dyn Stage + 'env>>) -> Pipeline<'env> {
        self.chains.push(stages);
        self
    }

    /// Runs until the run is cancelled or a limit of the options is reached; either way what is in
    /// flight is finished and committed first.
    pub fn run(self, context: &Context) -> Result<Summary, StreamError> {
        engine::run(context, self, engine::Rewound::default(), &context.cancel())
    }
}

/// Runs `pipelines` side by side, one thread each; the first that fails stops the others.
///
/// Returns their summaries in the same order.
pub fn run_all(
    context: &Context,
    pipelines: Vec<Pipeline<'_>>,
) -> Result<Vec<Summary>, StreamError> {
    run_until(context, pipelines, &context.cancel().child_token())
}

/// The same until `stop` is cancelled.
pub(super) fn run_until(
    context: &Context,
    pipelines: Vec<Pipeline<'_>>,
    stop: &CancellationToken,
) -> Result<Vec<Summary>, StreamError> {
    let rewound = &engine::Rewound::default();
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = pipelines
            .into_iter()
            .map(|pipeline| scope.spawn(|| run_one(context, pipeline, rewound.clone(), stop)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(panicked())))
            .collect()
    });
    results.into_iter().collect()
}

fn run_one(
    context: &Context,
    pipeline: Pipeline<'_>,
    rewound: engine::Rewound,
    stop: &CancellationToken,
) -> Result<Summary, StreamError> {
    // Also a panic of this thread must stop the others.
    let guard = stop.clone().drop_guard();
    let result = engine::run(context, pipeline, rewound, stop);
    if result.is_ok() {
        guard.disarm();
    }
    result
}

pub(super) fn panicked() -> StreamError {
    Failure::new(Kind::Fatal, "cannot go on: a pipeline's thread panicked").into()
}
