//! What an experiment measured.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::load::manifest::Manifest;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::load::types::outcome::{self, GivenMerge};
use crate::modules::options::options;

/// What an experiment measured.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod load {
    /// What an experiment measured. Printed, it is a summary that fits a screen, the verdict first;
    /// with `--output json` or `yaml` it is all of `to_map()`.
    ///
    /// Numbers of records: `sent`, `acknowledged` by Kafka, `failed` to be delivered, `received`;
    /// `lost`, which were confirmed and not read; `duplicates`, read again; `reordered`, read after a
    /// later one of the same producer and partition; `unread`, confirmed behind the last one that
    /// was read. All durations are in seconds.
    pub type Outcome = outcome::Outcome;

    /// Whether all thresholds were kept to; true where there is none.
    ///
    /// ```rhai
    /// kafka::create_topic("o-passed");
    /// load::experiment(#{ max: 3 })
    ///     .produce("o-passed", "x", 100)
    ///     .threshold("sent == 3")
    ///     .run().passed // => true
    /// ```
    #[rhai_fn(global, get = "passed", pure)]
    pub fn get_passed(outcome: &mut Outcome) -> bool {
        outcome.passed()
    }

    /// The thresholds: maps with `threshold`, `measured` (text; `()` where nothing was measured) and
    /// `passed`.
    ///
    /// ```rhai
    /// kafka::create_topic("o-thresholds");
    /// load::experiment(#{ max: 3 })
    ///     .produce("o-thresholds", "x", 100)
    ///     .threshold("failed == 0")
    ///     .run().thresholds // => [#{"measured": "0", "passed": true, "threshold": "failed == 0"}]
    /// ```
    #[rhai_fn(global, get = "thresholds", pure)]
    pub fn get_thresholds(outcome: &mut Outcome) -> Array {
        outcome::thresholds(outcome)
    }

    /// Records handed to the Kafka client.
    ///
    /// ```rhai
    /// kafka::create_topic("o-sent");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-sent", "x", 100).run();
    /// outcome.sent // => 2
    /// ```
    #[rhai_fn(global, get = "sent", pure)]
    pub fn get_sent(outcome: &mut Outcome) -> i64 {
        outcome.counts.sent as i64
    }

    /// Records that Kafka confirmed.
    ///
    /// ```rhai
    /// kafka::create_topic("o-acknowledged");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-acknowledged", "x", 100).run();
    /// outcome.acknowledged // => 2
    /// ```
    #[rhai_fn(global, get = "acknowledged", pure)]
    pub fn get_acknowledged(outcome: &mut Outcome) -> i64 {
        outcome.counts.acknowledged as i64
    }

    /// Records that could not be delivered; `failures` says why.
    ///
    /// ```rhai
    /// kafka::create_topic("o-failed");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-failed", "x", 100).run();
    /// outcome.failed // => 0
    /// ```
    #[rhai_fn(global, get = "failed", pure)]
    pub fn get_failed(outcome: &mut Outcome) -> i64 {
        outcome.counts.failed as i64
    }

    /// How many records could not be delivered, by the reason.
    ///
    /// ```rhai
    /// kafka::create_topic("o-failures");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-failures", "x", 100).run();
    /// outcome.failures // => #{}
    /// ```
    #[rhai_fn(global, get = "failures", pure)]
    pub fn get_failures(outcome: &mut Outcome) -> Map {
        outcome::failures(outcome)
    }

    /// Records that were read, each time they were.
    ///
    /// ```rhai
    /// kafka::create_topic("o-received");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-received", "x", 100).consume("o-received").run();
    /// outcome.received // => 2
    /// ```
    #[rhai_fn(global, get = "received", pure)]
    pub fn get_received(outcome: &mut Outcome) -> i64 {
        outcome.counts.received as i64
    }

    /// Confirmed records that were not read. Without a producing side: numbers that are missing
    /// between the first and the last one that was read of each producer.
    ///
    /// ```rhai
    /// kafka::create_topic("o-lost");
    /// let outcome = load::experiment(#{ max: 5 }).produce("o-lost", "x", 100).consume("o-lost").run();
    /// [outcome.received, outcome.lost, outcome.duplicates, outcome.reordered] // => [5, 0, 0, 0]
    /// ```
    #[rhai_fn(global, get = "lost", pure)]
    pub fn get_lost(outcome: &mut Outcome) -> i64 {
        outcome.counts.lost as i64
    }

    /// Records that were read again.
    ///
    /// ```rhai
    /// kafka::create_topic("o-duplicates");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-duplicates", "x", 100).consume("o-duplicates").run();
    /// outcome.duplicates // => 0
    /// ```
    #[rhai_fn(global, get = "duplicates", pure)]
    pub fn get_duplicates(outcome: &mut Outcome) -> i64 {
        outcome.counts.duplicates as i64
    }

    /// Records that were read after a later one of the same producer and partition.
    ///
    /// ```rhai
    /// kafka::create_topic("o-reordered");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-reordered", "x", 100).consume("o-reordered").run();
    /// outcome.reordered // => 0
    /// ```
    #[rhai_fn(global, get = "reordered", pure)]
    pub fn get_reordered(outcome: &mut Outcome) -> i64 {
        outcome.counts.reordered as i64
    }

    /// Confirmed records behind the last one that was read: the reader ended before them.
    ///
    /// ```rhai
    /// kafka::create_topic("o-unread");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-unread", "x", 100).consume("o-unread").run();
    /// outcome.unread // => 0
    /// ```
    #[rhai_fn(global, get = "unread", pure)]
    pub fn get_unread(outcome: &mut Outcome) -> i64 {
        outcome.counts.unread as i64
    }

    /// How long it took, in seconds.
    ///
    /// ```rhai
    /// kafka::create_topic("o-seconds");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-seconds", "x", 100).run();
    /// outcome.seconds > 0.0 // => true
    /// ```
    #[rhai_fn(global, get = "seconds", pure)]
    pub fn get_seconds(outcome: &mut Outcome) -> f64 {
        outcome.seconds()
    }

    /// Records sent a second, or read where it sent none; `()` where it took no time.
    ///
    /// ```rhai
    /// kafka::create_topic("o-rate");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-rate", "x", 100).run();
    /// outcome.rate > 0.0 // => true
    /// ```
    #[rhai_fn(global, get = "rate", pure)]
    pub fn get_rate(outcome: &mut Outcome) -> Dynamic {
        outcome.rate().map_or(Dynamic::UNIT, Dynamic::from)
    }

    /// The latency: end to end where records were read, else up to Kafka's confirmation, from the
    /// moment at which a record was due.
    ///
    /// Returns a map with `min`, `mean`, `p50`, `p90`, `p99`, `p999` and `max` in seconds, and
    /// `count`; an empty one where nothing was measured.
    ///
    /// ```rhai
    /// kafka::create_topic("o-latency");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-latency", "x", 100).run();
    /// outcome.latency.p50 <= outcome.latency.p99 && outcome.latency.max < 60 // => true
    /// ```
    #[rhai_fn(global, get = "latency", pure)]
    pub fn get_latency(outcome: &mut Outcome) -> Map {
        outcome.latency().map(outcome::durations).unwrap_or_default()
    }

    /// Everything that was measured in time, by name: `schedule_error`, how late records were sent;
    /// `acknowledged`, from the moment one was due to Kafka's confirmation; `end_to_end`, to the
    /// moment at which it was read. Maps as `latency` is one.
    ///
    /// ```rhai
    /// kafka::create_topic("o-latencies");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-latencies", "x", 100).run();
    /// outcome.latencies.keys() // => ["acknowledged", "schedule_error"]
    /// ```
    #[rhai_fn(global, get = "latencies", pure)]
    pub fn get_latencies(outcome: &mut Outcome) -> Map {
        outcome::latencies(outcome)
    }

    /// What happened second by second: maps with `time` (milliseconds since 1970), `sent`,
    /// `received`, `bytes_sent`, `bytes_received`, `lag` (records; `()` where it is not known) and
    /// `latency`, a map as `outcome.latency` of what was read in that second.
    ///
    /// ```rhai
    /// kafka::create_topic("o-series");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-series", "x", 100).consume("o-series").run();
    /// outcome.series[0].keys().contains("lag") // => true
    /// ```
    #[rhai_fn(global, get = "series", pure)]
    pub fn get_series(outcome: &mut Outcome) -> Array {
        outcome::series(outcome)
    }

    /// What a reader of the numbers must know, an array of sentences: whose clocks they compare.
    ///
    /// ```rhai
    /// kafka::create_topic("o-notes");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-notes", "x", 100).consume("o-notes").run();
    /// outcome.notes // => []
    /// ```
    #[rhai_fn(global, get = "notes", pure)]
    pub fn get_notes(outcome: &mut Outcome) -> Array {
        outcome.notes().into_iter().map(Dynamic::from).collect()
    }

    /// All of it as a map: the properties of the outcome, and `name`, `started` and `ended`
    /// (milliseconds since 1970), `bytes_sent`, `bytes_received`, `offsets`, `parameters`, and
    /// `parts`, what it was merged from.
    ///
    /// ```rhai
    /// kafka::create_topic("o-map");
    /// load::experiment(#{ max: 3 }).produce("o-map", "abc", 100).run().to_map().offsets.sent
    /// // => #{"o-map": #{"0": #{"first": 0, "next": 3}}}
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_map(outcome: &mut Outcome) -> Map {
        outcome::map(outcome)
    }

    /// Writes the experiment to a file, to be understood and done again later: the script with its
    /// hash and arguments, what it imports, versions, servers without secrets, parameters and seed,
    /// the ids of schemas, offsets, thresholds, and everything that was measured.
    ///
    /// `path` is the name of the file, which is replaced. Returns the outcome. An error of kind
    /// `invalid` says why the file cannot be written. `load::merge` and `kafkaefd merge` read it.
    ///
    /// ```rhai
    /// kafka::create_topic("o-manifest");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-manifest", "x", 100).run();
    /// outcome.manifest("/dev/null").sent // => 3
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn manifest(
        context: NativeCallContext,
        outcome: &mut Outcome,
        path: ImmutableString,
    ) -> RhaiResultOf<Outcome> {
        let manifest = Manifest::new(&call::context(&context)?, (**outcome).clone());
        manifest.write(std::path::Path::new(path.as_str()))?;
        Ok(outcome.clone())
    }

    /// Makes one outcome of several: counts, percentiles and losses are what one process would have
    /// measured that saw everything. Its thresholds are those of all of them.
    ///
    /// `outcomes` is an array of outcomes, or of names of files that `manifest` wrote, of processes
    /// that shared an experiment. Returns the `Outcome`. An error of kind `invalid` names a file
    /// that is no manifest.
    ///
    /// ```rhai
    /// kafka::create_topic("o-merge");
    /// let experiment = load::experiment(#{ max: 3 }).produce("o-merge", "x", 100);
    /// load::merge([experiment.run(), experiment.run()]).acknowledged // => 6
    /// ```
    #[rhai_fn(return_raw)]
    pub fn merge(context: NativeCallContext, outcomes: Array) -> RhaiResultOf<Outcome> {
        outcome::merge(&call::context(&context)?, outcomes, GivenMerge::default())
    }

    /// Makes one outcome of several, which must also keep to something.
    ///
    /// `outcomes` is that of `load::merge(outcomes)`. `given` is a map with `thresholds`, an array of
    /// what `threshold` takes. Returns the `Outcome`. An error of kind `usage` says what is wrong with
    /// a threshold.
    ///
    /// ```rhai
    /// kafka::create_topic("o-merged");
    /// let outcome = load::experiment(#{ max: 3 }).produce("o-merged", "x", 100).run();
    /// load::merge([outcome], #{ thresholds: ["sent == 3"] }).passed // => true
    /// ```
    #[rhai_fn(name = "merge", return_raw)]
    pub fn merge_with(
        context: NativeCallContext,
        outcomes: Array,
        given: Map,
    ) -> RhaiResultOf<Outcome> {
        outcome::merge(&call::context(&context)?, outcomes, options("load::merge", given)?)
    }

    /// The summary: the verdict, counts and latencies in a table that fits a screen.
    ///
    /// ```rhai
    /// kafka::create_topic("o-text");
    /// let outcome = load::experiment(#{ max: 2 }).produce("o-text", "x", 100).run();
    /// outcome.to_string().starts_with("experiment, ") // => true
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(outcome: &mut Outcome) -> String {
        (**outcome).to_string()
    }
}
