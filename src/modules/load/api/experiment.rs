//! Experiments.

use rhai::plugin::*;
use rhai::{ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::load::types::{self, Given, GivenFeed, GivenIntake};
use crate::modules::options::options;

/// Experiments: what is sent to which topics and when, and what became of it.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod load {
    /// An experiment that is not running.
    pub type Experiment = types::Experiment;

    /// Starts an experiment without an end of its own.
    ///
    /// Returns an `Experiment` that does nothing yet: `produce` says what it sends, `run` runs it.
    ///
    /// ```rhai
    /// load::experiment().produce("dome", "open", 10).to_string() // => "Experiment(dome)"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn experiment() -> RhaiResultOf<Experiment> {
        experiment_with(Map::new())
    }

    /// Starts an experiment.
    ///
    /// `given` is a map with
    /// - `seconds`: nothing is due any more after so long;
    /// - `max`: it ends after so many records;
    /// - `seed`: an int, the start of all chance in its rates (1);
    /// - `producer_id`, `producer_count`: this process is one of so many (1) that share the work: the
    ///   one with the id k, from 0, has the topics k, k + count, k + 2 count, … in the order of
    ///   `produce`. In a pod of an indexed Job of Kubernetes the id is that of the pod
    ///   (`$JOB_COMPLETION_INDEX`);
    /// - `name`: what it is called in the headers of its records (`"experiment"`);
    /// - `drain`: seconds that the end waits for records that are late, and for acknowledgements (35);
    /// - `acks`, `compression`, `linger` and `config`: as for `kafka::producer`. Records wait 5 ms
    ///   for company; with thousands of topics a longer `linger` makes fewer and larger requests.
    ///
    /// Returns an `Experiment` that does nothing yet. An error of kind `usage` names the option that
    /// makes no sense.
    ///
    /// ```rhai
    /// let experiment = load::experiment(#{ seconds: 60, seed: 7 });
    /// experiment.to_string() // => "Experiment()"
    /// ```
    #[rhai_fn(name = "experiment", return_raw)]
    pub fn experiment_with(given: Map) -> RhaiResultOf<Experiment> {
        let given: Given = options("load::experiment", given)?;
        Ok(Experiment::new(given)?)
    }

    /// Sends records without a key to a topic.
    ///
    /// `topic`, `what` and `rate` are those of `produce(topic, what, rate, options)`.
    ///
    /// Returns the changed `Experiment`. An error of kind `usage` says what is wrong with `what` or
    /// `rate`.
    ///
    /// ```rhai
    /// kafka::create_topic("dome");
    /// let made = load::generator(`{"type": "record", "name": "Dome", "fields": [
    ///     {"name": "azimuth", "type": "double", "units": "deg"}]}`);
    /// load::experiment(#{ max: 3 }).produce("dome", made, #{ burst: 3, every: 1 }).run();
    /// kafka::consumer("dome").read().value.keys() // => ["azimuth"]
    /// ```
    #[rhai_fn(global, name = "produce", pure, return_raw)]
    pub fn produce(
        experiment: &mut Experiment,
        topic: ImmutableString,
        what: Dynamic,
        rate: Dynamic,
    ) -> RhaiResultOf<Experiment> {
        experiment.produce(&topic, &what, &rate, GivenFeed::default())
    }

    /// Sends records to a topic.
    ///
    /// `topic` exists. `what` is a `Generator`, whose schema is registered and which makes each value
    /// for the moment at which it is due; a `Mock` (`sal::mock`), which makes SAL text so; or text or
    /// a blob, which is always the same. `rate` is
    ///
    /// - a number: so many records a second, evenly; topics with the same rate take turns;
    /// - `#{ ramp: [1, 100], over: 60 }`: from one rate evenly to another within so many seconds, and
    ///   on at that;
    /// - `#{ steps: [[10, 5], [100, 5]] }`: one rate after the other, each for so many seconds;
    /// - `#{ burst: 10, every: 1 }`: so many at once, again and again after so many seconds;
    /// - `#{ poisson: 10 }`: so many a second on average, each independent of the others;
    /// - `#{ replay: [0.0, 0.5, 0.7] }`: at these seconds after the start.
    ///
    /// `given` is a map with `key`, text or a blob, and `subject`, that of the schema
    /// (`<topic>-value`).
    ///
    /// Records carry the headers `kafkaefd-producer`, the identity of the producer;
    /// `kafkaefd-sequence`, the number of the record among those of its producer in the topic, from
    /// 0; and `kafkaefd-sent`, the microseconds since 1970 at which it was due.
    ///
    /// Returns the changed `Experiment`. An error of kind `usage` says what is wrong with `what`,
    /// `rate` or `given`.
    ///
    /// ```rhai
    /// kafka::create_topic("shutter");
    /// load::experiment()
    ///     .produce("shutter", "open", #{ replay: [0.0, 0.1] }, #{ key: "north" })
    ///     .run();
    /// kafka::consumer("shutter").read().headers["kafkaefd-sequence"] // => "0"
    /// ```
    #[rhai_fn(global, name = "produce", pure, return_raw)]
    pub fn produce_with(
        experiment: &mut Experiment,
        topic: ImmutableString,
        what: Dynamic,
        rate: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Experiment> {
        experiment.produce(&topic, &what, &rate, options("produce", given)?)
    }

    /// Reads topics from the latest record on, while the experiment sends.
    ///
    /// `topics` is the name of a topic, or an array of them. See `consume(topics, options)`.
    ///
    /// ```rhai
    /// kafka::create_topic("guider");
    /// let outcome = load::experiment(#{ max: 5 }).produce("guider", "x", 100).consume("guider").run();
    /// [outcome.received, outcome.lost] // => [5, 0]
    /// ```
    #[rhai_fn(global, name = "consume", pure, return_raw)]
    pub fn consume(experiment: &mut Experiment, topics: Dynamic) -> RhaiResultOf<Experiment> {
        experiment.consume(types::topics(topics)?, GivenIntake::default())
    }

    /// Reads topics, and measures what arrives: latency from the moment a record was due, loss,
    /// duplicates and reordering by the numbers in its headers.
    ///
    /// `topics` is the name of a topic, or an array of them; each topic belongs to one reader. `given`
    /// is a map with
    /// - `from`: `"latest"` or `"earliest"`, where reading starts; a group goes on where it left off;
    /// - `group`: the consumer group; without one all partitions are read, and no trace is left;
    /// - `client`: the client id that brokers log;
    /// - `seconds`, `max`: it ends after so long, or so many records; without them with what the
    ///   experiment sends, or as `load::experiment` says where it sends nothing;
    /// - `grace`: so many seconds without a record it waits, at the end, for records that were
    ///   confirmed and have not arrived (5); they are lost then;
    /// - `time_field`: the field of values, in Avro with or without the wire header, with the
    ///   milliseconds since 1970 at which a record was sent that has no headers to tell; without it
    ///   that is Kafka's timestamp;
    /// - `config`: further librdkafka properties.
    ///
    /// Nothing is sent before the reader has its partitions and stands in them. Where the sender is
    /// another process, the difference of the clocks is part of the latency: `notes` says so.
    ///
    /// Returns the changed `Experiment`. An error of kind `usage` says what is wrong with `given`.
    ///
    /// ```rhai
    /// kafka::create_topic("rotator");
    /// load::experiment(#{ max: 4 }).produce("rotator", "x", 100).run();
    /// let outcome = load::experiment(#{ max: 4 }).consume("rotator", #{ from: "earliest" }).run();
    /// [outcome.sent, outcome.received, outcome.lost] // => [0, 4, 0]
    /// ```
    #[rhai_fn(global, name = "consume", pure, return_raw)]
    pub fn consume_with(
        experiment: &mut Experiment,
        topics: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Experiment> {
        experiment.consume(types::topics(topics)?, options("consume", given)?)
    }

    /// Makes the experiment keep to something. A run that does not ends with exit code 5, after it
    /// has printed everything.
    ///
    /// `threshold` is
    ///
    /// - `"p99 < 20ms"`: a percentile (`p50`, `p99.9`, …), `min`, `mean` or `max` of the latency, with
    ///   a unit; `end_to_end.`, `acknowledged.` or `schedule_error.` before it chooses which, by
    ///   default `end_to_end` where records are read, else `acknowledged`;
    /// - `"lost == 0"`: a number of records: `sent`, `acknowledged`, `failed`, `received`, `lost`,
    ///   `duplicates`, `reordered`, `unread`, `bytes_sent`, `bytes_received`;
    /// - `"rate > 99"`: records sent a second, or read where it sends none;
    ///
    /// with `<`, `<=`, `>`, `>=`, `==` or `!=`. What was not measured is not kept to.
    ///
    /// Returns the changed `Experiment`. An error of kind `usage` says what is wrong with it, and
    /// where.
    ///
    /// ```rhai
    /// kafka::create_topic("hexapod");
    /// let outcome = load::experiment(#{ max: 3 })
    ///     .produce("hexapod", "x", 100)
    ///     .threshold("p99 < 1 min")
    ///     .threshold("failed == 0")
    ///     .run();
    /// outcome.passed // => true
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn threshold(
        experiment: &mut Experiment,
        threshold: ImmutableString,
    ) -> RhaiResultOf<Experiment> {
        experiment.threshold(&threshold)
    }

    /// Measures the experiment for Prometheus.
    ///
    /// `prefix` starts the names of the metrics: `<prefix>_produced_total` counts what Kafka
    /// acknowledged, `_consumed_total` what was read, `_consumer_latency_seconds` (a histogram) and
    /// `_consumer_latency_summ_seconds` (a summary) measure how late; an empty one is left out with its underscore. `metrics::serve` shows them.
    ///
    /// Returns the changed `Experiment`.
    ///
    /// ```rhai
    /// kafka::create_topic("measured");
    /// load::experiment().produce("measured", "x", #{ replay: [0, 0] }).metrics("mine").run();
    /// metrics::counter("mine_produced_total", "").value // => 2.0
    /// ```
    #[rhai_fn(global, pure)]
    pub fn metrics(experiment: &mut Experiment, prefix: ImmutableString) -> Experiment {
        experiment.metrics(&prefix)
    }

    /// Runs the experiment until its end, or until Ctrl-C or SIGTERM.
    ///
    /// A record is sent when it is due, whatever became of those before it (an open model): what
    /// could not be sent in time, because the process or Kafka was slow, is made up for, and how late
    /// it was is measured. However the experiment ends, what was sent is awaited first; after a
    /// signal the script goes on behind this call.
    ///
    /// Returns an `Outcome`. A run that did not keep to a threshold ends with exit code 5, once the
    /// script is through. An error
    /// of kind `not_found` names a topic that does not exist, one of kind `usage` what the experiment
    /// lacks; others say what Kafka or the registry refused.
    ///
    /// ```rhai
    /// kafka::create_topic("mount");
    /// let outcome = load::experiment(#{ seconds: 0.5 }).produce("mount", "a value", 20).run();
    /// [outcome.sent, outcome.acknowledged, outcome.failed] // => [10, 10, 0]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn run(
        context: NativeCallContext,
        experiment: &mut Experiment,
    ) -> RhaiResultOf<types::outcome::Outcome> {
        experiment.run(&context)
    }

    /// The topics to which it sends and which it reads, in one line.
    ///
    /// ```rhai
    /// load::experiment().produce("dome", "x", 1).to_string() // => "Experiment(dome)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(experiment: &mut Experiment) -> String {
        experiment.to_string()
    }
}
