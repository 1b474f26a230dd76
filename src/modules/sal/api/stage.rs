//! The stage of a pipeline.

use rhai::Map;
use rhai::plugin::*;

use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::sal::types::{self, StageOptions};
use crate::stream::StageSpec;

/// The stage of a pipeline.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod sal {
    /// A native step of a pipeline.
    pub type Stage = StageSpec;

    /// A stage that writes SAL text messages as Avro.
    ///
    /// Each value is a message of text; out of it comes Avro in the wire format with the latest
    /// schema of the subject `lsst.sal.<topic>`, for the Kafka topic of that name. Keys, headers and
    /// timestamps stay; a tombstone is skipped. A message that cannot be read, or whose topic has no
    /// schema, is a record that cannot be processed.
    ///
    /// The registry is asked once for each topic. A schema that is registered later is in use within
    /// 30 seconds, or at once where a message fits only that; messages in the form before it are
    /// still read. While the registry does not answer, schemas that are known stay in use, and the
    /// first message of another topic is tried again and again.
    ///
    /// Returns a stage for `via`.
    ///
    /// ```rhai
    /// let wind = sal::demo_interfaces().topic("Weather_wind");
    /// registry::register(wind.subject, wind.schema);
    /// kafka::create_topic(wind.text_topic);
    /// kafka::create_topic(wind.kafka_topic);
    /// kafka::producer().deliver(wind.text_topic, sal::mock(wind).text());
    /// let done = stream::from(wind.text_topic, #{ group: "wind", to: "end" })
    ///     .via(sal::text_to_avro())
    ///     .run();
    /// [done.produced, kafka::consumer(wind.kafka_topic).read().value.sal_sequence] // => [1, 1]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn text_to_avro() -> RhaiResultOf<Stage> {
        Ok(types::stage(StageOptions::default())?)
    }

    /// A stage that writes SAL text messages as Avro, told how to read them.
    ///
    /// `given` is a map with
    /// - `layout`: that of the schemas, `"kafkaefd"` (default: Kafka topic and subject are
    ///   `lsst.sal.<topic>`) or `"ts_xml"` (topic `lsst.sal.<component>.<name>`, subject the same with
    ///   `-value`);
    /// - `prefix`: what the names of Kafka topics start with instead of `"lsst.sal"`;
    /// - `time`: the scale of the messages' timestamps, `"utc"` or `"tai"` (UTC in the layout
    ///   `kafkaefd`, TAI in `ts_xml`);
    /// - `indexed`: whether messages carry an index (as the observatory's interfaces say);
    /// - `refresh`: how many seconds a schema is used before the registry is asked for a newer
    ///   version (30).
    ///
    /// Returns a stage for `via`. An error of kind `usage` names an option that makes no sense.
    ///
    /// ```rhai
    /// let pipeline = stream::from("Weather_event", #{ group: "weather" });
    /// pipeline.via(sal::text_to_avro(#{ time: "tai" })).to_string()
    /// // => "Weather_event > sal::text_to_avro"
    /// ```
    #[rhai_fn(name = "text_to_avro", return_raw)]
    pub fn text_to_avro_with(given: Map) -> RhaiResultOf<Stage> {
        Ok(types::stage(options("sal::text_to_avro", given)?)?)
    }
}
