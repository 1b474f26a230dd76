//! Made-up records.

use rhai::plugin::*;
use rhai::{Blob, Map};

use crate::modules::error::RhaiResultOf;
use crate::modules::load::types::{self, GeneratorOptions};
use crate::modules::moment;
use crate::modules::options::options;

/// Made-up records: values that are drawn from a schema.
///
/// Numbers move as their unit says (the attribute `units` or `sal_units` of the field): `deg_C` walks
/// between 0 and 25, `deg` between 0 and 360, `%` between 0 and 100; stamps are the time of the
/// record, sequence numbers count. An array has as many items as `sal_count` says, or as its default
/// has.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod load {
    /// A source of made-up records of one schema.
    pub type Generator = types::Generator;

    /// A record that is being made, as the closure of a field sees it.
    pub type Moment = moment::Moment;

    /// Makes a source of made-up records.
    ///
    /// `schema` is a `Schema`, JSON text or a map: any Avro schema.
    ///
    /// Returns a `Generator` with the seed 1. An error of kind `invalid` says what is wrong with the
    /// schema.
    ///
    /// ```rhai
    /// let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    ///     {"name": "azimuth", "type": "double", "units": "deg"}]}`);
    /// let azimuth = load::generator(dome).next().azimuth;
    /// azimuth >= 0 && azimuth <= 360 // => true
    /// ```
    #[rhai_fn(return_raw)]
    pub fn generator(context: NativeCallContext, schema: Dynamic) -> RhaiResultOf<Generator> {
        types::generator(&context, &schema, GeneratorOptions::default())
    }

    /// Makes a source of made-up records, some of whose fields are chosen.
    ///
    /// `schema` is that of `load::generator(schema)`. `given` is a map with `seed`, an int (1): equal
    /// seeds make equal records; and `fields`, a map from the path of a field (`"position.x"` for one
    /// inside another) to where its values come from: a value, which it always has; an array, of
    /// which it has any; a closure, which makes each; or a map with one of
    ///
    /// - `constant`: always this value;
    /// - `choice`: any of the values in an array;
    /// - `uniform`: any number between the two in an array;
    /// - `normal`: numbers around the first in an array, with the second as standard deviation;
    /// - `walk`: small steps between the two numbers in an array, each at most `step` (a fiftieth of
    ///   the range);
    /// - `sine`: a wave between the two numbers in an array, of `period` seconds (60);
    /// - `count`: from this number on, by `step` (1) with each record.
    ///
    /// A closure gets the `Moment` of the record and returns the value. What it captures is copied
    /// when the generator is made, and each record finds it as it was then; what it made for the
    /// record before is `made.last`. It may be called on another thread than the script's.
    ///
    /// Returns a `Generator`. An error of kind `usage` or `invalid` names the field that there is
    /// not, or that cannot have such values; what a closure throws, or returns that does not fit, is
    /// an error of `next` and `bytes`, which names field and record.
    ///
    /// ```rhai
    /// let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    ///     {"name": "azimuth", "type": "double"}, {"name": "shutter", "type": "string"}]}`);
    /// let fields = #{ azimuth: #{ count: 10, step: 5 }, shutter: "open" };
    /// let made = load::generator(dome, #{ fields: fields });
    /// made.next();
    /// made.next() // => #{"azimuth": 15.0, "shutter": "open"}
    /// ```
    ///
    /// ```rhai
    /// let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    ///     {"name": "azimuth", "type": "double"}, {"name": "moving", "type": "boolean"}]}`);
    /// let azimuth = |made| if made.last == () { 90.0 } else { (made.last + 5) % 360 };
    /// let fields = #{ azimuth: azimuth, moving: |made| made.number % 2 == 0 };
    /// let made = load::generator(dome, #{ fields: fields });
    /// made.next();
    /// made.next() // => #{"azimuth": 95.0, "moving": true}
    /// ```
    #[rhai_fn(name = "generator", return_raw)]
    pub fn generator_with(
        context: NativeCallContext,
        schema: Dynamic,
        given: Map,
    ) -> RhaiResultOf<Generator> {
        types::generator(&context, &schema, options("load::generator", given)?)
    }

    /// The next record, made now.
    ///
    /// In a pipeline a closure asks a generator that it captured. All workers ask the same one: each
    /// record goes to one of them, in no order among the workers; and a record that is tried again,
    /// or read again after a crash, gets another one.
    ///
    /// Returns what the schema describes: a map for a record.
    ///
    /// ```rhai
    /// load::generator(`{"type": "enum", "name": "Mode", "symbols": ["ON"]}`).next() // => "ON"
    /// ```
    ///
    /// ```rhai
    /// let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    ///     {"name": "azimuth", "type": "double"}]}`);
    /// registry::register("azimuth-value", dome);
    /// for topic in ["shots", "azimuth"] { kafka::create_topic(topic); }
    /// for i in 0..3 { kafka::producer().deliver("shots", `${i}`); }
    /// let made = load::generator(dome, #{ fields: #{ azimuth: #{ count: 10, step: 5 } } });
    /// stream::from("shots", #{ group: "azimuth", to: "end", workers: 4 })
    ///     .map(|record| #{ value: made.next(record.timestamp) })
    ///     .via(avro::encode("azimuth-value"))
    ///     .to("azimuth")
    ///     .run();
    /// kafka::consumer("azimuth", #{ to: "end" }).read_all().map(|read| read.value.azimuth)
    /// // => [10.0, 15.0, 20.0]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn next(made: &mut Generator) -> RhaiResultOf<Dynamic> {
        made.next(types::now())
    }

    /// The next record, made at `moment` (milliseconds since 1970).
    ///
    /// ```rhai
    /// let stamp = `{"type": "long", "logicalType": "timestamp-millis"}`;
    /// load::generator(stamp).next(1500) // => 1500
    /// ```
    #[rhai_fn(global, name = "next", pure, volatile, return_raw)]
    pub fn next_at(made: &mut Generator, moment: i64) -> RhaiResultOf<Dynamic> {
        made.next(moment)
    }

    /// The next record in Avro, without the wire header, made now.
    ///
    /// Returns a blob. `avro::frame` puts the header before it.
    ///
    /// ```rhai
    /// let mode = avro::parse(`{"type": "enum", "name": "Mode", "symbols": ["ON"]}`);
    /// let id = registry::register("mode-value", mode);
    /// kafka::create_topic("mode");
    /// kafka::producer().deliver("mode", avro::frame(id, load::generator(mode).bytes()));
    /// kafka::consumer("mode").read().value // => "ON"
    /// ```
    ///
    /// ```rhai
    /// load::generator(`{"type": "enum", "name": "Mode", "symbols": ["ON"]}`).bytes() // => [00]
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn bytes(made: &mut Generator) -> RhaiResultOf<Blob> {
        made.bytes(types::now())
    }

    /// The source in words.
    ///
    /// ```rhai
    /// load::generator(`{"type": "enum", "name": "Mode", "symbols": ["ON"]}`).to_string() // => "Generator(Mode)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(made: &mut Generator) -> String {
        made.to_string()
    }

    /// The number of the record, from 1.
    ///
    /// ```rhai
    /// let schema = `{"type": "record", "name": "Tick", "fields": [{"name": "n", "type": "int"}]}`;
    /// let made = load::generator(schema, #{ fields: #{ n: |made| made.number * 10 } });
    /// made.next().n // => 10
    /// ```
    #[rhai_fn(get = "number", pure)]
    pub fn number(made: &mut Moment) -> i64 {
        made.number
    }

    /// The time of the record, in milliseconds since 1970.
    ///
    /// ```rhai
    /// let schema = `{"type": "record", "name": "Tick", "fields": [{"name": "at", "type": "long"}]}`;
    /// let made = load::generator(schema, #{ fields: #{ at: |made| made.time + 1 } });
    /// made.next(1500).at // => 1501
    /// ```
    #[rhai_fn(get = "time", pure)]
    pub fn time(made: &mut Moment) -> i64 {
        made.time
    }

    /// What the closure made for the record before, or `()` in the first.
    ///
    /// ```rhai
    /// let schema = `{"type": "record", "name": "Sum", "fields": [{"name": "of", "type": "int"}]}`;
    /// let sum = |made| if made.last == () { 1 } else { made.last * 2 };
    /// let made = load::generator(schema, #{ fields: #{ of: sum } });
    /// [made.next().of, made.next().of, made.next().of] // => [1, 2, 4]
    /// ```
    #[rhai_fn(get = "last", pure)]
    pub fn last(made: &mut Moment) -> Dynamic {
        made.last.clone()
    }

    /// A number by chance, from 0 up to, not including, 1.
    ///
    /// Equal seeds of the generator give equal numbers, to each field its own.
    ///
    /// ```rhai
    /// let schema = `{"type": "record", "name": "Die", "fields": [{"name": "eyes", "type": "int"}]}`;
    /// let eyes = |made| 1 + (made.random() * 6).to_int();
    /// let eyes = load::generator(schema, #{ fields: #{ eyes: eyes } }).next().eyes;
    /// eyes >= 1 && eyes <= 6 // => true
    /// ```
    #[rhai_fn(global, pure, volatile)]
    pub fn random(made: &mut Moment) -> f64 {
        made.random()
    }
}
