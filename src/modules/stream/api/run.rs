//! Pipelines that run.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::stream::types::Pipeline;
use crate::modules::stream::{running, types};

/// Pipelines that run.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod stream {
    /// A pipeline that runs in the background.
    pub type Running = running::Running;

    /// Runs the pipeline until it ends: at `to`, after `max`, or with Ctrl-C or SIGTERM.
    ///
    /// However it ends, what is in flight is finished and committed first; after a signal the script
    /// goes on behind this call.
    ///
    /// Returns a map with `group`, `consumed`, `produced`, `skipped`, `dead_letters` and `seconds`.
    /// An error of kind `not_found` names a topic that does not exist, one of kind `dead_letters`
    /// says which limit was passed, one of kind `invalid` is a record that cannot be processed where
    /// there are no dead letters; others say what Kafka or the registry refused.
    ///
    /// ```rhai
    /// kafka::create_topic("this");
    /// kafka::create_topic("that");
    /// kafka::producer().deliver("this", "one record");
    /// let done = stream::from("this", #{ group: "mover", max: 1 }).to("that").run();
    /// [done.consumed, done.produced] // => [1, 1]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn run(context: NativeCallContext, pipeline: &mut Pipeline) -> RhaiResultOf<Map> {
        let mut done = types::run(&context, std::slice::from_ref(pipeline))?;
        Ok(done.pop().unwrap_or_default())
    }

    /// Starts the pipeline on a thread of its own; the script goes on at once.
    ///
    /// Closures see what they captured as it was at the start, as with `run`.
    ///
    /// Returns a `Running`, which is stopped in good order when the script ends. What ends the
    /// pipeline later is raised by `stop`.
    ///
    /// ```rhai
    /// kafka::create_topic("near");
    /// kafka::create_topic("far");
    /// let mover = stream::from("near", #{ group: "mover" })
    ///     .map(|record| #{ value: record.value.to_upper() })
    ///     .to("far")
    ///     .start();
    /// kafka::producer().deliver("near", "one record");
    /// let value = kafka::consumer("far").read().value;
    /// [value, mover.stop().produced] // => ["ONE RECORD", 1]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn start(context: NativeCallContext, pipeline: &mut Pipeline) -> RhaiResultOf<Running> {
        Running::start(&context, pipeline)
    }

    /// Stops a pipeline in the background, once what is in flight is finished and committed.
    ///
    /// Returns a map as `run` does, or raises what ended the pipeline before. A second call returns
    /// zeros.
    ///
    /// ```rhai
    /// kafka::create_topic("quiet");
    /// kafka::create_topic("quieter");
    /// let mover = stream::from("quiet", #{ group: "mover" }).to("quieter").start();
    /// mover.stop().consumed // => 0
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn stop(running: &mut Running) -> RhaiResultOf<Map> {
        running.stop()
    }

    /// Runs several pipelines side by side, each on its own thread, until all of them ended.
    ///
    /// `pipelines` is an array of them. The first that fails stops the others in good order.
    ///
    /// Returns an array of maps as `run` returns them, in the same order, or the first error.
    ///
    /// ```rhai
    /// for topic in ["in-1", "in-2", "out-1", "out-2"] { kafka::create_topic(topic); }
    /// let done = stream::run_all([
    ///     stream::from("in-1", #{ group: "first", to: "end" }).to("out-1"),
    ///     stream::from("in-2", #{ group: "second", to: "end" }).to("out-2"),
    /// ]);
    /// done.map(|one| one.group) // => ["first", "second"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn run_all(context: NativeCallContext, pipelines: Array) -> RhaiResultOf<Array> {
        let done = types::run(&context, &types::pipelines(pipelines)?)?;
        Ok(done.into_iter().map(Dynamic::from_map).collect())
    }
}
