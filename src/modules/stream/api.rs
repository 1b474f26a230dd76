//! The page a script author reads.

use rhai::plugin::*;
use rhai::{Array, FnPtr, ImmutableString, Map};

use super::closure::Role;
use super::options::Given;
use super::{running, types};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::stream::StageSpec;

/// Pipelines that consume, transform and produce, each record at least once.
///
/// A pipeline is built by methods, each of which gives a new one, and then run. It commits an input
/// only after everything made from it was acknowledged. A record that cannot be processed goes, byte
/// for byte, to the dead letters; without a topic for them it ends the run. While a service does not
/// answer, the record is tried again and again; reading pauses.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod stream {
    /// A pipeline that is not running.
    pub type Pipeline = types::Pipeline;
    /// A pipeline that runs in the background.
    pub type Running = running::Running;
    /// A native step of a pipeline, for example `sal::text_to_avro()`.
    pub type Stage = StageSpec;

    /// Starts a pipeline that reads `topics`.
    ///
    /// `topics` are names of topics that exist. `given` is a map with
    /// - `group`: the consumer group (required); one that went away goes on where it committed;
    /// - `reset`: where a group without commits starts: `"earliest"` (default), `"latest"`, or
    ///   `"rewind"`, which starts at the oldest record whatever was committed;
    /// - `to`: `"end"` ends where the topics ended at the start; else the pipeline runs until
    ///   Ctrl-C or SIGTERM;
    /// - `max`: ends after so many input records;
    /// - `delivery`: `"at-least-once"`, which is the default and the only one;
    /// - `tasks`: how many equal members of the group to run, each on its own thread (1);
    /// - `max_dead_letters`: more than so many end the run with an error of kind `dead_letters`;
    /// - `dead_letter_share`: so does a larger share among the last 1000 records (0.05; 1 is never);
    /// - `in_flight`: bytes not yet acknowledged at which reading pauses (16777216);
    /// - `drain`: seconds that a stop waits for what is in flight (35);
    /// - `acks`: false does not wait for acknowledgements: records may be lost;
    /// - `check_crcs`: false skips the check of what is read.
    ///
    /// Returns a `Pipeline`. An error of kind `usage` names the option that makes no sense.
    ///
    /// ```rhai
    /// let pipeline = stream::from(["dome", "mount"], #{ group: "copy", to: "end" }).to("all");
    /// pipeline.to_string() // => "dome, mount > to all"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn from(topics: Array, given: Map) -> RhaiResultOf<Pipeline> {
        let given: Given = options("stream::from", given)?;
        Ok(Pipeline::new(types::topics(topics)?, given)?)
    }

    /// Starts a pipeline that reads one topic.
    ///
    /// `topic` is the name of a topic that exists; `given` is as in `stream::from(topics, given)`.
    ///
    /// Returns a `Pipeline`. An error of kind `usage` names the option that makes no sense.
    ///
    /// ```rhai
    /// let pipeline = stream::from("dome", #{ group: "copy" }).to("copy-of-dome");
    /// pipeline.to_string() // => "dome > to copy-of-dome"
    /// ```
    #[rhai_fn(name = "from", return_raw)]
    pub fn from_one(topic: ImmutableString, given: Map) -> RhaiResultOf<Pipeline> {
        let given: Given = options("stream::from", given)?;
        Ok(Pipeline::new(vec![topic.to_string()], given)?)
    }

    /// Adds a native stage.
    ///
    /// `stage` is what a function of another module gave, for example `sal::text_to_avro()`.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// let pipeline = stream::from("Dome_telemetry", #{ group: "g" }).via(sal::text_to_avro());
    /// pipeline.to_string() // => "Dome_telemetry > sal::text_to_avro"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn via(pipeline: &mut Pipeline, stage: Stage) -> Pipeline {
        pipeline.native(stage)
    }

    /// Adds a closure that makes one record of another.
    ///
    /// `closure` gets the record and returns a record, a map or `()`. A map holds the parts that
    /// change, of `key`, `value` (text, a blob or `()`), `headers`, `timestamp` (milliseconds) and
    /// `topic`; `()` drops the record. What it captures is copied when the pipeline starts. An
    /// exception makes the record a dead letter, unless it is of a kind that may pass (`timeout`,
    /// `unreachable`).
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// kafka::create_topic("words");
    /// kafka::create_topic("shouts");
    /// kafka::producer().deliver("words", "hello");
    /// stream::from("words", #{ group: "shout", to: "end" })
    ///     .map(|record| #{ value: record.value.to_upper() })
    ///     .to("shouts")
    ///     .run();
    /// kafka::consumer("shouts").read().value // => "HELLO"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn map(pipeline: &mut Pipeline, closure: FnPtr) -> Pipeline {
        pipeline.script(Role::Map, closure)
    }

    /// Adds a closure that says which records to keep.
    ///
    /// `closure` gets the record and returns true or false. Exceptions are as in `map`.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// let pipeline = stream::from("dome", #{ group: "g" }).filter(|record| record.key != ());
    /// pipeline.to_string() // => "dome > filter"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn filter(pipeline: &mut Pipeline, closure: FnPtr) -> Pipeline {
        pipeline.script(Role::Filter, closure)
    }

    /// Produces every record to `topic`, whatever a stage said before.
    ///
    /// `topic` is no topic that the pipeline reads.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// stream::from("dome", #{ group: "g" }).to("copy").to_string() // => "dome > to copy"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to(pipeline: &mut Pipeline, topic: ImmutableString) -> Pipeline {
        pipeline.to(&topic)
    }

    /// Produces every record to the topic that a closure names.
    ///
    /// `closure` gets the record and returns a name. Exceptions are as in `map`.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// let pipeline = stream::from("dome", #{ group: "g" }).to(|record| `dome-${record.partition}`);
    /// pipeline.to_string() // => "dome > to"
    /// ```
    #[rhai_fn(name = "to", global, pure)]
    pub fn to_closure(pipeline: &mut Pipeline, closure: FnPtr) -> Pipeline {
        pipeline.script(Role::To, closure)
    }

    /// Sends records that cannot be processed to `topic`.
    ///
    /// A dead letter has the key, the value and the headers of its record, byte for byte, and headers
    /// that say what was wrong: `__connect.errors.*` as Kafka Connect writes them, and `kafkaefd.*`.
    ///
    /// Returns the changed `Pipeline`.
    ///
    /// ```rhai
    /// kafka::create_topic("numbers");
    /// kafka::create_topic("halves");
    /// kafka::create_topic("no-numbers");
    /// kafka::producer().deliver("numbers", "seven");
    /// let done = stream::from("numbers", #{ group: "halve", to: "end" })
    ///     .map(|record| #{ value: `${parse_float(record.value) / 2.0}` })
    ///     .to("halves")
    ///     .dead_letters("no-numbers")
    ///     .run();
    /// [done.dead_letters, kafka::consumer("no-numbers").read().value] // => [1, "seven"]
    /// ```
    #[rhai_fn(global, pure)]
    pub fn dead_letters(pipeline: &mut Pipeline, topic: ImmutableString) -> Pipeline {
        pipeline.dead_letters(&topic)
    }

    /// Measures the pipeline.
    ///
    /// `prefix` starts the names of the metrics: `<prefix>_produced_total`, `_dead_letters_total`,
    /// `_skipped_total`, `_total_seconds` (from reading to acknowledgement) and
    /// `_transform_seconds`. `metrics::serve` shows them.
    ///
    /// Returns the changed `Pipeline`.
    ///
    /// ```rhai
    /// let pipeline = stream::from("dome", #{ group: "g" }).to("copy").metrics("copy");
    /// ```
    #[rhai_fn(global, pure)]
    pub fn metrics(pipeline: &mut Pipeline, prefix: ImmutableString) -> Pipeline {
        pipeline.metrics(&prefix)
    }

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
    /// Its stages are native ones: closures need the script's own thread.
    ///
    /// Returns a `Running`, which is stopped in good order when the script ends. An error of kind
    /// `usage` names the closure; what ends the pipeline later is raised by `stop`.
    ///
    /// ```rhai
    /// kafka::create_topic("near");
    /// kafka::create_topic("far");
    /// let mover = stream::from("near", #{ group: "mover" }).to("far").start();
    /// kafka::producer().deliver("near", "one record");
    /// kafka::consumer("far").read();
    /// mover.stop().produced // => 1
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

    /// The pipeline's topics and steps in one line.
    ///
    /// ```rhai
    /// stream::from("dome", #{ group: "g" }).to("copy").to_string() // => "dome > to copy"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_string(pipeline: &mut Pipeline) -> String {
        format!("{pipeline}")
    }

    /// The pipeline's topics and steps in one line.
    ///
    /// ```rhai
    /// print(stream::from("dome", #{ group: "g" }).to("copy"));
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_debug(pipeline: &mut Pipeline) -> String {
        format!("{pipeline}")
    }
}
