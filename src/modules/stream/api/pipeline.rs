//! Pipelines, before they run.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::stream::options::Given;
use crate::modules::stream::types;

/// Pipelines that consume, transform and produce, each record at least or exactly once.
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

    /// Starts a pipeline that reads `topics`.
    ///
    /// `topics` are names of topics that exist. `given` is a map with
    /// - `group`: the consumer group (required); one that went away goes on where it committed;
    /// - `group_protocol`: how its members share partitions: `"classic"` (default), or `"consumer"`,
    ///   where the broker decides (KIP-848, Kafka 4);
    /// - `reset`: where a group without commits starts: `"earliest"` (default), `"latest"`, or
    ///   `"rewind"`, which starts at the oldest record whatever was committed;
    /// - `to`: `"end"` ends where the topics ended at the start; else the pipeline runs until
    ///   Ctrl-C or SIGTERM;
    /// - `max`: ends after so many input records;
    /// - `delivery`: `"at-least-once"` (default), or `"exactly-once"`: what is made of records, their
    ///   dead letters and their offsets are committed in one transaction of Kafka's, and readers with
    ///   `isolation.level` `read_committed` see each once;
    /// - `transactional_id`: the start of the name under which this process has its transactions, to
    ///   which each task adds `-0`, `-1`, … (the group). It stays the same over restarts, and differs
    ///   between processes, as numbered pods of Kubernetes do: of two that share one, the
    ///   older ends with an error of kind `fatal`;
    /// - `transaction_records`, `transaction_time`: a transaction is committed after so many records
    ///   (10000) or seconds (0.5), whichever comes first;
    /// - `transaction_timeout`: seconds after which the broker aborts the transaction of a process
    ///   that is gone (20); until then its records, and those behind them, are hidden;
    /// - `tasks`: how many equal members of the group to run, each on its own thread (1);
    /// - `workers`: how many threads of each member run the stages (1); all records of a partition
    ///   pass through one of them, in their order;
    /// - `max_dead_letters`: more than so many end the run with an error of kind `dead_letters`;
    /// - `dead_letter_share`: so does a larger share among the last 1000 records (0.05; 1 is never);
    /// - `in_flight`: bytes that are queued, worked on or not acknowledged at which reading pauses
    ///   (16777216); it goes on at half of them;
    /// - `drain`: seconds that a stop waits for what is in flight (35);
    /// - `stuck_after`: seconds at one record after which `/healthz` calls a worker stuck (60);
    /// - `acks`: false does not wait for acknowledgements: records may be lost; not with
    ///   `"exactly-once"`;
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
    /// `_transform_seconds`. `kafkaefd_stage_seconds_total` and `kafkaefd_stage_records_total` tell the
    /// stages apart (labels `pipeline`, which is the group, and `stage`). `metrics::serve` shows them.
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
