//! Topics.

use std::path::Path;

use rhai::plugin::*;
use rhai::{Array, ImmutableString};

use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::sal::types;

/// Topics.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// A SAL topic with its Avro schema.
    pub type Topic = types::Topic;

    /// The SAL topic's name with its component: `Weather_wind`.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").name // => "Weather_wind"
    /// ```
    #[rhai_fn(get = "name", pure)]
    pub fn name(topic: &mut Topic) -> ImmutableString {
        topic.made.topic.as_str().into()
    }

    /// The component that the topic belongs to.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").component // => "Weather"
    /// ```
    #[rhai_fn(get = "component", pure)]
    pub fn component(topic: &mut Topic) -> ImmutableString {
        topic.made.component.as_str().into()
    }

    /// What the topic is for: `command`, `logevent` or `telemetry`; `()` for acknowledgements.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").kind // => "telemetry"
    /// ```
    #[rhai_fn(get = "kind", pure)]
    pub fn kind(topic: &mut Topic) -> Dynamic {
        topic.made.kind.map_or(Dynamic::UNIT, |kind| kind.word().into())
    }

    /// What it is about, on one line; empty where they say nothing.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").description // => "Wind at four heights of the mast."
    /// ```
    #[rhai_fn(get = "description", pure)]
    pub fn description(topic: &mut Topic) -> ImmutableString {
        types::description(topic)
    }

    /// The topic's items: an array of maps with `name`, `type` (Avro's), `idl` (the type in the
    /// interfaces, `()` where the schema was written by hand), `count`, `units`, `description` and
    /// `enumeration`, the values that the interfaces name: an array of maps with `name` and `value`.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// let speed = wind.items[1];
    /// [speed.name, speed.type, speed.idl, speed.count, speed.units]
    /// // => ["speed", "float", "float", 4, "m/s"]
    /// ```
    #[rhai_fn(get = "items", pure)]
    pub fn items(topic: &mut Topic) -> Array {
        types::items(topic)
    }

    /// How many fields the Avro record has: the items and those of the layout.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").field_count // => 11
    /// ```
    #[rhai_fn(get = "field_count", pure)]
    pub fn field_count(topic: &mut Topic) -> i64 {
        topic.made.fields as i64
    }

    /// The Avro schema as JSON text.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// wind.schema.contains("\"namespace\":\"lsst.sal\"") // => true
    /// ```
    #[rhai_fn(get = "schema", pure)]
    pub fn schema(topic: &mut Topic) -> ImmutableString {
        topic.made.schema.as_str().into()
    }

    /// The Avro schema in another layout, as JSON text.
    ///
    /// `layout` is `"kafkaefd"` or `"ts_xml"`.
    ///
    /// Returns the text. An error of kind `not_found` says that the layout has no such topic.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// avro::parse(wind.schema("ts_xml")).name // => "lsst.sal.Weather.wind"
    /// ```
    #[rhai_fn(global, name = "schema", pure, return_raw)]
    pub fn schema_in(topic: &mut Topic, layout: &str) -> RhaiResultOf<ImmutableString> {
        types::schema_in(topic, layout)
    }

    /// The Kafka topic of its Avro records.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").kafka_topic // => "lsst.sal.Weather_wind"
    /// ```
    #[rhai_fn(get = "kafka_topic", pure)]
    pub fn kafka_topic(topic: &mut Topic) -> ImmutableString {
        topic.made.kafka_topic.as_str().into()
    }

    /// The Kafka topic of its text messages: `Weather_telemetry`.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").text_topic // => "Weather_telemetry"
    /// ```
    #[rhai_fn(get = "text_topic", pure, return_raw)]
    pub fn text_topic(topic: &mut Topic) -> RhaiResultOf<ImmutableString> {
        types::text_topic(topic)
    }

    /// The registry subject of its Avro schema.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").subject // => "lsst.sal.Weather_wind"
    /// ```
    #[rhai_fn(get = "subject", pure)]
    pub fn subject(topic: &mut Topic) -> ImmutableString {
        topic.made.subject.as_str().into()
    }

    /// The revision code of its schema in the layout `ts_xml`, else `()`.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind", #{ layout: "ts_xml" });
    /// wind.revcode.len() // => 8
    /// ```
    #[rhai_fn(get = "revcode", pure)]
    pub fn revcode(topic: &mut Topic) -> Dynamic {
        topic.made.revcode().map_or(Dynamic::UNIT, Dynamic::from)
    }

    /// Whether several components of this name run at once, told apart by an index.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Sensors_thermocouples").indexed // => true
    /// ```
    #[rhai_fn(get = "indexed", pure)]
    pub fn indexed(topic: &mut Topic) -> bool {
        topic.made.indexed
    }

    /// What the layout could not express, and the names that were mended because Avro forbids them:
    /// an array of lines, mostly empty.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").notes // => []
    /// ```
    #[rhai_fn(get = "notes", pure)]
    pub fn notes(topic: &mut Topic) -> Array {
        topic.made.notes.iter().cloned().map(Dynamic::from).collect()
    }

    /// Writes the schemas of topics into files.
    ///
    /// `topics` is an array of `Topic`; `folder` is a path, made where it does not exist. Each
    /// schema becomes `<name>.json` there, indented by two blanks, with sorted keys.
    ///
    /// Returns the paths of the files. An error says which file could not be written.
    ///
    /// ```rhai
    /// let topics = sal::demo_interfaces().topics(#{ subsystem: "Sensors" });
    /// sal::save(topics, "target/schemas").len() // => 2
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn save(context: NativeCallContext, topics: Array, folder: &str) -> RhaiResultOf<Array> {
        types::save(&call::context(&context)?, &topics, Path::new(folder))
    }

    /// The topic in words.
    ///
    /// ```rhai
    /// sal::demo_interfaces().topic("Weather_wind").to_string() // => "Topic(Weather_wind, 4 items)"
    /// ```
    #[rhai_fn(global, name = "to_string", name = "to_debug", pure)]
    pub fn to_string(topic: &mut Topic) -> String {
        topic.to_string()
    }
}
