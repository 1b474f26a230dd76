//! Records.

use rhai::plugin::*;
use rhai::{Array, ImmutableString, Map};

use crate::clients::kafka::dead_letter;
use crate::clients::registry::Registry;
use crate::formats::avro::wire;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types;
use crate::modules::payload;

/// Records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// A record as it was read; its parts are decoded when they are asked for.
    pub type Record = types::Record;

    /// The topic that the record was read from.
    ///
    /// ```rhai
    /// kafka::create_topic("read-topic");
    /// kafka::producer().deliver("read-topic", #{ value: "hot" });
    /// let record = kafka::consumer("read-topic").read();
    /// record.topic // => "read-topic"
    /// ```
    #[rhai_fn(get = "topic", pure)]
    pub fn topic(record: &mut Record) -> ImmutableString {
        record.topic().as_ref().into()
    }

    /// The partition that the record was read from.
    ///
    /// ```rhai
    /// kafka::create_topic("read-partition");
    /// kafka::producer().deliver("read-partition", #{ value: "hot" });
    /// let record = kafka::consumer("read-partition").read();
    /// record.partition // => 0
    /// ```
    #[rhai_fn(get = "partition", pure)]
    pub fn partition(record: &mut Record) -> i64 {
        record.partition().into()
    }

    /// The record's offset in its partition.
    ///
    /// ```rhai
    /// kafka::create_topic("read-offset");
    /// kafka::producer().deliver("read-offset", #{ value: "hot" });
    /// let record = kafka::consumer("read-offset").read();
    /// record.offset // => 0
    /// ```
    #[rhai_fn(get = "offset", pure)]
    pub fn offset(record: &mut Record) -> i64 {
        record.offset()
    }

    /// The record's time in milliseconds since 1970 (UTC), or `()` where it has none.
    ///
    /// ```rhai
    /// kafka::create_topic("read-timestamp");
    /// kafka::producer().deliver("read-timestamp", #{ value: "hot", timestamp: 1767225600000 });
    /// let record = kafka::consumer("read-timestamp").read();
    /// record.timestamp // => 1767225600000
    /// ```
    #[rhai_fn(get = "timestamp", pure)]
    pub fn timestamp(record: &mut Record) -> Dynamic {
        record.timestamp().map_or(Dynamic::UNIT, Dynamic::from)
    }

    /// The key, decoded: Avro in the wire format by the registry's schema, else text where it is
    /// UTF-8, else a blob; `()` for none.
    ///
    /// An error says why its schema could not be read or does not fit.
    ///
    /// ```rhai
    /// kafka::create_topic("read-key");
    /// kafka::producer().deliver("read-key", #{ key: "M1", value: "hot" });
    /// let record = kafka::consumer("read-key").read();
    /// record.key // => "M1"
    /// ```
    #[rhai_fn(get = "key", pure, volatile, return_raw)]
    pub fn key(context: NativeCallContext, record: &mut Record) -> RhaiResultOf<Dynamic> {
        match record.key() {
            Some(bytes) => payload::decode(&call::context(&context)?, bytes),
            None => Ok(Dynamic::UNIT),
        }
    }

    /// The value, decoded: Avro in the wire format by the registry's schema, else text where it is
    /// UTF-8, else a blob; `()` for a tombstone. After the stage `avro::decode()` of a pipeline it is
    /// what that stage read.
    ///
    /// An error says why its schema could not be read or does not fit.
    ///
    /// ```rhai
    /// kafka::create_topic("read-value");
    /// kafka::producer().deliver("read-value", #{ value: "hot" });
    /// let record = kafka::consumer("read-value").read();
    /// record.value // => "hot"
    /// ```
    #[rhai_fn(get = "value", pure, volatile, return_raw)]
    pub fn value(context: NativeCallContext, record: &mut Record) -> RhaiResultOf<Dynamic> {
        types::value(&call::context(&context)?, record)
    }

    /// The key's bytes as a blob, `()` for none.
    ///
    /// ```rhai
    /// kafka::create_topic("read-key-bytes");
    /// kafka::producer().deliver("read-key-bytes", #{ key: "M1", value: "hot" });
    /// let record = kafka::consumer("read-key-bytes").read();
    /// record.key_bytes.len // => 2
    /// ```
    #[rhai_fn(get = "key_bytes", pure)]
    pub fn key_bytes(record: &mut Record) -> Dynamic {
        types::blob(record.key())
    }

    /// The value's bytes as a blob, `()` for a tombstone.
    ///
    /// ```rhai
    /// kafka::create_topic("read-value-bytes");
    /// kafka::producer().deliver("read-value-bytes", #{ value: "hot" });
    /// let record = kafka::consumer("read-value-bytes").read();
    /// record.value_bytes.len // => 3
    /// ```
    #[rhai_fn(get = "value_bytes", pure)]
    pub fn value_bytes(record: &mut Record) -> Dynamic {
        types::blob(record.value())
    }

    /// The headers as a map: text where they are UTF-8, else blobs. Of headers with the same name
    /// the last one counts; `header_pairs` has all of them.
    ///
    /// ```rhai
    /// kafka::create_topic("read-headers");
    /// kafka::producer().deliver("read-headers", #{ value: "hot", headers: #{ unit: "K" } });
    /// let record = kafka::consumer("read-headers").read();
    /// record.headers // => #{"unit": "K"}
    /// ```
    #[rhai_fn(get = "headers", pure)]
    pub fn headers(record: &mut Record) -> Map {
        types::header_map(record)
    }

    /// The headers as pairs of a name and a value, in their order; a name may come more than once.
    ///
    /// A stage of a pipeline may return such pairs as `headers`.
    ///
    /// ```rhai
    /// for topic in ["hops", "more-hops"] { kafka::create_topic(topic); }
    /// kafka::producer().deliver("hops", #{ value: "hot", headers: #{ via: "dome" } });
    /// stream::from("hops", #{ group: "hop", to: "end" })
    ///     .map(|record| #{ headers: record.header_pairs + [["via", "mount"]] })
    ///     .to("more-hops")
    ///     .run();
    /// kafka::consumer("more-hops").read().header_pairs // => [["via", "dome"], ["via", "mount"]]
    /// ```
    #[rhai_fn(get = "header_pairs", pure)]
    pub fn header_pairs(record: &mut Record) -> Array {
        types::header_pairs(record)
    }

    /// The id of the schema that the value names in the wire format, `()` where it names none.
    ///
    /// ```rhai
    /// kafka::create_topic("read-schema-id");
    /// kafka::producer().deliver("read-schema-id", #{ value: "hot" });
    /// let record = kafka::consumer("read-schema-id").read();
    /// record.schema_id // => ()
    /// ```
    #[rhai_fn(get = "schema_id", pure)]
    pub fn schema_id(record: &mut Record) -> Dynamic {
        let id = record.value().and_then(|bytes| wire::split(bytes));
        id.map_or(Dynamic::UNIT, |(id, _)| i64::from(id).into())
    }

    /// The full name of the schema that the value names in the wire format, `()` where it names none.
    ///
    /// An error says why the registry did not give the schema.
    ///
    /// ```rhai
    /// kafka::create_topic("plain");
    /// kafka::producer().deliver("plain", "no schema");
    /// kafka::consumer("plain").read().schema_name // => ()
    /// ```
    #[rhai_fn(get = "schema_name", pure, volatile, return_raw)]
    pub fn schema_name(context: NativeCallContext, record: &mut Record) -> RhaiResultOf<Dynamic> {
        let Some((id, _)) = record.value().and_then(|bytes| wire::split(bytes)) else {
            return Ok(Dynamic::UNIT);
        };
        let schema = Registry::of(&call::context(&context)?)?.schema(id)?;
        Ok(schema.name().into())
    }

    /// The record that a dead letter was made of, `()` where the record is no dead letter.
    ///
    /// It has the topic, partition and offset where it was read, and no headers that say what was
    /// wrong; key, value, timestamp and the other headers are those of the dead letter.
    ///
    /// ```rhai
    /// kafka::create_topic("whole");
    /// kafka::create_topic("halved");
    /// kafka::create_topic("not-halved");
    /// kafka::producer().deliver("whole", #{ value: "seven", headers: #{ unit: "K" } });
    /// stream::from("whole", #{ group: "halve-whole", to: "end" })
    ///     .map(|record| #{ value: `${parse_float(record.value) / 2.0}` })
    ///     .to("halved")
    ///     .dead_letters("not-halved")
    ///     .run();
    /// let original = kafka::consumer("not-halved").read().original;
    /// [`${original}`, original.value, original.headers] // => ["whole[0]@0", "seven", #{"unit": "K"}]
    /// ```
    #[rhai_fn(get = "original", pure)]
    pub fn original(record: &mut Record) -> Dynamic {
        dead_letter::original(record).map_or(Dynamic::UNIT, Dynamic::from)
    }

    /// The record as a line of JSON that keeps every byte.
    ///
    /// Its members are `topic`, `partition`, `offset`, `timestamp`, `key`, `value` and `headers`, an
    /// array of pairs. Bytes are a string where they are UTF-8, else `{"base64":"…"}`; null is none.
    /// `send_lines` with the format "envelope" writes the record once more.
    ///
    /// ```rhai
    /// kafka::create_topic("enveloped");
    /// kafka::producer().deliver("enveloped", #{ value: "hot", timestamp: 5, headers: #{ u: "K" } });
    /// let line = kafka::consumer("enveloped").read().envelope;
    /// line.contains(`"key":null,"value":"hot","headers":[["u","K"]]`) // => true
    /// ```
    #[rhai_fn(get = "envelope", pure)]
    pub fn envelope(record: &mut Record) -> String {
        types::envelope_line(record)
    }

    /// All parts of the record, decoded, as a map.
    ///
    /// An error says why a schema could not be read or does not fit.
    ///
    /// ```rhai
    /// kafka::create_topic("mapped");
    /// kafka::producer().deliver("mapped", #{ key: "M1", value: "hot", timestamp: 1767225600000 });
    /// kafka::consumer("mapped").read().to_map().key // => "M1"
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn to_map(context: NativeCallContext, record: &mut Record) -> RhaiResultOf<Map> {
        types::record_map(&call::context(&context)?, record)
    }

    /// The record's place, for example `mytopic[0]@42`.
    ///
    /// ```rhai
    /// kafka::create_topic("read-to-string");
    /// kafka::producer().deliver("read-to-string", #{ value: "hot" });
    /// let record = kafka::consumer("read-to-string").read();
    /// record.to_string() // => "read-to-string[0]@0"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_string(record: &mut Record) -> String {
        format!("{}[{}]@{}", record.topic(), record.partition(), record.offset())
    }

    /// The record's place, for example `mytopic[0]@42`.
    ///
    /// ```rhai
    /// kafka::create_topic("read-to-debug");
    /// kafka::producer().deliver("read-to-debug", #{ value: "hot" });
    /// let record = kafka::consumer("read-to-debug").read();
    /// record.to_debug() // => "read-to-debug[0]@0"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_debug(record: &mut Record) -> String {
        to_string(record)
    }
}
