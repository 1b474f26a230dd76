//! The steps of a pipeline.

use rhai::plugin::*;
use rhai::{FnPtr, ImmutableString, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::expression::Filter;
use crate::modules::stream::script::{self, Role};
use crate::modules::stream::types::Pipeline;
use crate::stream::StageSpec;

/// The steps of a pipeline.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod stream {
    /// A native step of a pipeline, for example `sal::text_to_avro()`.
    pub type Stage = StageSpec;

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
    /// change, of `key`, `value`, `headers`, `timestamp` (milliseconds) and `topic`; `()` drops the
    /// record. Key and value are text, a blob or `()`; a value may also be a map, an array, a number
    /// or a bool, which becomes JSON text unless `avro::encode(subject)` follows. The headers are a
    /// map, or an array of pairs where a name comes more than once, as in `record.header_pairs`.
    ///
    /// What the closure captures is copied for each worker when the pipeline starts, and each record
    /// finds it as it was then; handles, as a producer or a counter, are the same ones everywhere. To
    /// remember something from record to record give the closure a state. An exception makes the
    /// record a dead letter, unless it is of a kind that may pass (`timeout`, `unreachable`).
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
        pipeline.script(Role::Map, closure, None)
    }

    /// Adds a closure that makes one record of another, and remembers something of those before it.
    ///
    /// `closure` gets the record and the state of the partition that it was read from; what it
    /// changes in the state stays for the next record of that partition. `state` is what each
    /// partition begins with. A state lives with one assignment of its partition: after a
    /// rebalance, or in the next run, it begins anew. What a record changed that does not get
    /// through the pipeline is taken back, as with `"exactly-once"` is what the records of a
    /// transaction changed that is aborted; for that the state is copied before each record, so keep
    /// it small. With `"at-least-once"` a record that is read again counts again. All else is as in
    /// `map` without a state.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// for topic in ["heights", "steps"] { kafka::create_topic(topic); }
    /// for value in ["10", "12", "11"] { kafka::producer().deliver("heights", value); }
    /// stream::from("heights", #{ group: "difference", to: "end" })
    ///     .map(|record, state| {
    ///         let now = record.value.parse_int();
    ///         let step = if state.last == () { () } else { #{ value: `${now - state.last}` } };
    ///         state.last = now;
    ///         step
    ///     }, #{ last: () })
    ///     .to("steps")
    ///     .run();
    /// kafka::consumer("steps", #{ to: "end" }).read_all().map(|r| r.value) // => ["2", "-1"]
    /// ```
    #[rhai_fn(name = "map", global, pure)]
    pub fn map_with(pipeline: &mut Pipeline, closure: FnPtr, state: Map) -> Pipeline {
        pipeline.script(Role::Map, closure, Some(state))
    }

    /// Adds a closure that makes any number of records of one.
    ///
    /// `closure` gets the record and returns an array of what `map` returns: records, maps and `()`;
    /// an empty array, or `()`, drops the record. Exceptions are as in `map`; a record of which one
    /// cannot be made makes none.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// for topic in ["lines", "words-of-lines"] { kafka::create_topic(topic); }
    /// kafka::producer().deliver("lines", "open the dome");
    /// stream::from("lines", #{ group: "split", to: "end" })
    ///     .flat_map(|record| record.value.split(" ").map(|word| #{ key: word, value: word }))
    ///     .to("words-of-lines")
    ///     .run();
    /// let words = kafka::consumer("words-of-lines", #{ to: "end" }).read_all();
    /// words.map(|word| word.value) // => ["open", "the", "dome"]
    /// ```
    #[rhai_fn(global, pure)]
    pub fn flat_map(pipeline: &mut Pipeline, closure: FnPtr) -> Pipeline {
        pipeline.script(Role::FlatMap, closure, None)
    }

    /// Adds a closure that makes any number of records of one, and remembers something of those
    /// before it.
    ///
    /// `closure` gets the record and the state of its partition, which begins as `state`: as in `map`
    /// with a state. All else is as in `flat_map` without a state.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// for topic in ["pieces", "pairs"] { kafka::create_topic(topic); }
    /// for value in ["a", "b", "c", "d"] { kafka::producer().deliver("pieces", value); }
    /// stream::from("pieces", #{ group: "pair", to: "end" })
    ///     .flat_map(|record, state| {
    ///         state.open += record.value;
    ///         if state.open.len() < 2 { return []; }
    ///         let pair = state.open;
    ///         state.open = "";
    ///         [#{ value: pair }]
    ///     }, #{ open: "" })
    ///     .to("pairs")
    ///     .run();
    /// kafka::consumer("pairs", #{ to: "end" }).read_all().map(|pair| pair.value) // => ["ab", "cd"]
    /// ```
    #[rhai_fn(name = "flat_map", global, pure)]
    pub fn flat_map_with(pipeline: &mut Pipeline, closure: FnPtr, state: Map) -> Pipeline {
        pipeline.script(Role::FlatMap, closure, Some(state))
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
        pipeline.script(Role::Filter, closure, None)
    }

    /// Adds a closure that says which records to keep, and remembers something of those before it.
    ///
    /// `closure` gets the record and the state of its partition, which begins as `state`: as in `map`
    /// with a state. All else is as in `filter` without a state.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// for topic in ["ticks", "every-third"] { kafka::create_topic(topic); }
    /// for i in 0..7 { kafka::producer().deliver("ticks", `${i}`); }
    /// stream::from("ticks", #{ group: "thin", to: "end" })
    ///     .filter(|record, state| { state.seen += 1; state.seen % 3 == 1 }, #{ seen: 0 })
    ///     .to("every-third")
    ///     .run();
    /// kafka::consumer("every-third", #{ to: "end" }).read_all().map(|r| r.value) // => ["0", "3", "6"]
    /// ```
    #[rhai_fn(name = "filter", global, pure)]
    pub fn filter_with(pipeline: &mut Pipeline, closure: FnPtr, state: Map) -> Pipeline {
        pipeline.script(Role::Filter, closure, Some(state))
    }

    /// A stage that keeps the records for which an expression is true.
    ///
    /// `expression` is text in the language of scripts, over the `Record` called `record`, as for
    /// `kafka::filter` and `consume --where`; or what `kafka::filter` gave. A record for which it
    /// fails is a dead letter.
    ///
    /// Returns a stage for `via`. An error points into the expression where it makes no sense.
    ///
    /// ```rhai
    /// for topic in ["keyed", "without-key"] { kafka::create_topic(topic); }
    /// kafka::producer().deliver("keyed", #{ key: "k", value: "1" });
    /// kafka::producer().deliver("keyed", "2");
    /// stream::from("keyed", #{ group: "sieve", to: "end" })
    ///     .via(stream::filter("record.key == ()"))
    ///     .to("without-key")
    ///     .run();
    /// kafka::consumer("without-key", #{ to: "end" }).read_all().map(|r| r.value) // => ["2"]
    /// ```
    #[rhai_fn(name = "filter", volatile, return_raw)]
    pub fn filter_stage(context: NativeCallContext, expression: Dynamic) -> RhaiResultOf<Stage> {
        Ok(script::expression(Filter::of(&context, &expression)?))
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

    /// Produces every record to the topics that a closure names.
    ///
    /// `closure` gets the record and returns a name, an array of names or `()`, which drops the
    /// record. Exceptions are as in `map`.
    ///
    /// Returns the longer `Pipeline`.
    ///
    /// ```rhai
    /// for topic in ["readings", "good", "odd"] { kafka::create_topic(topic); }
    /// for value in ["1", "x", "2"] { kafka::producer().deliver("readings", value); }
    /// stream::from("readings", #{ group: "sort", to: "end" })
    ///     .to(|record| if record.value == "x" { "odd" } else { "good" })
    ///     .run();
    /// kafka::consumer("good", #{ to: "end" }).read_all().map(|record| record.value) // => ["1", "2"]
    /// ```
    #[rhai_fn(name = "to", global, pure)]
    pub fn to_closure(pipeline: &mut Pipeline, closure: FnPtr) -> Pipeline {
        pipeline.script(Role::To, closure, None)
    }

    /// Produces every record to each topic whose condition is true.
    ///
    /// `topics` is a map with a closure for each topic: it gets the record and returns true or false.
    /// A record for which none is true is dropped. Exceptions are as in `map`. Where a record goes to
    /// exactly one of several topics, `to` with a closure says it once.
    ///
    /// Returns the longer `Pipeline`. An error of kind `usage` says that something else stands in the
    /// place of a closure.
    ///
    /// ```rhai
    /// for topic in ["events", "alarms", "all-events"] { kafka::create_topic(topic); }
    /// for value in ["hot", "ALARM"] { kafka::producer().deliver("events", value); }
    /// stream::from("events", #{ group: "fan-out", to: "end" })
    ///     .branch(#{
    ///         "alarms": |record| record.value == "ALARM",
    ///         "all-events": |record| true,
    ///     })
    ///     .run();
    /// let read = |topic| kafka::consumer(topic, #{ to: "end" }).read_all().len();
    /// [read.call("alarms"), read.call("all-events")] // => [1, 2]
    /// ```
    #[rhai_fn(global, pure, return_raw)]
    pub fn branch(pipeline: &mut Pipeline, topics: Map) -> RhaiResultOf<Pipeline> {
        Ok(pipeline.branch(topics)?)
    }
}
