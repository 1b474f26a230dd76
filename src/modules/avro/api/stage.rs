//! The stages of a pipeline.

use rhai::ImmutableString;
use rhai::plugin::*;

use crate::stream::{StageSpec, stages};

/// The stages of a pipeline.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod avro {
    /// A stage that decodes values by the schemas that they name.
    ///
    /// A value is Avro in the wire format of Confluent's serialisers, and its schema is in the
    /// registry. The steps behind see it decoded: `record.value` is a map where the schema is a
    /// record. A value that is produced without being encoded again is JSON text, with bytes as
    /// hexadecimal text and NaN as null. Key, headers and timestamp stay, and so does a tombstone.
    /// A value without a header, with an unknown schema or with bytes that do not fit it is a dead
    /// letter; while the registry does not answer, its record waits.
    ///
    /// Returns a stage for `via`.
    ///
    /// ```rhai
    /// kafka::create_topic("dome-avro");
    /// kafka::create_topic("dome-json");
    /// let schema = #{ type: "record", name: "Dome", fields: [#{ name: "temp", type: "double" }] };
    /// let value = registry::encode("dome-avro-value", schema, #{ temp: 21.5 });
    /// kafka::producer().deliver("dome-avro", value);
    /// stream::from("dome-avro", #{ group: "decode", to: "end" })
    ///     .via(avro::decode())
    ///     .filter(|record| record.value.temp > 20.0)
    ///     .to("dome-json")
    ///     .run();
    /// kafka::consumer("dome-json").read().value // => "{\"temp\":21.5}"
    /// ```
    pub fn decode() -> StageSpec {
        stages::avro::decode()
    }

    /// A stage that encodes values by the latest schema of a subject.
    ///
    /// `subject` is one of the registry. A value is what `avro::decode()` read, or a map or another
    /// value that a closure returned; bytes are taken as JSON text, and for a schema of type string
    /// as the text itself. What comes out is Avro in the wire format of Confluent's serialisers.
    /// Key, headers and timestamp stay, and so does a tombstone. The registry is asked for a newer
    /// schema now and then, and when a value does not fit; one that fits none is a dead letter.
    ///
    /// Returns a stage for `via`. The pipeline does not start if the subject has no schema; while
    /// the registry does not answer, records wait.
    ///
    /// ```rhai
    /// kafka::create_topic("dome-celsius");
    /// kafka::create_topic("dome-kelvin");
    /// registry::register("dome-kelvin-value",
    ///     #{ type: "record", name: "Dome", fields: [#{ name: "temp", type: "double" }] });
    /// kafka::producer().deliver("dome-celsius", "20");
    /// stream::from("dome-celsius", #{ group: "kelvin", to: "end" })
    ///     .map(|record| #{ value: #{ temp: record.value.parse_float() + 273.15 } })
    ///     .via(avro::encode("dome-kelvin-value"))
    ///     .to("dome-kelvin")
    ///     .run();
    /// kafka::consumer("dome-kelvin").read().value // => #{"temp": 293.15}
    /// ```
    #[rhai_fn(name = "encode")]
    pub fn encode_stage(subject: ImmutableString) -> StageSpec {
        stages::avro::encode(&subject)
    }
}
