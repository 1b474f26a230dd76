//! The page a script author reads.

use rhai::plugin::*;
use rhai::{Array, Blob, ImmutableString, Map};

use super::types;
use crate::formats;
use crate::modules::error::RhaiResultOf;
use crate::modules::schema::schema as schema_of;
use crate::modules::value;

/// Avro: schemas, and values without wrapping.
///
/// A union takes the value itself, an enum its symbol, times and dates integers in the unit of
/// their logical type, decimals and UUIDs text, bytes and fixed blobs.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod avro {
    /// A parsed schema.
    pub type Schema = formats::avro::Schema;

    /// Parses a schema.
    ///
    /// `schema` is JSON text, or a map of the same shape.
    ///
    /// Returns a `Schema`. An error of kind `invalid` says what is wrong with it.
    ///
    /// ```rhai
    /// let schema = avro::parse(`{"type": "enum", "name": "org.Mode", "symbols": ["ON", "OFF"]}`);
    /// schema.name // => "org.Mode"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn parse(schema: Dynamic) -> RhaiResultOf<Schema> {
        schema_of(&schema)
    }

    /// Reads a schema from a file.
    ///
    /// `path` is a file with JSON text, from the folder in which the run was started.
    ///
    /// Returns a `Schema`. An error of kind `not_found` or `invalid` names the file.
    ///
    /// ```rhai
    /// try { avro::load("missing.json") } catch (err) { print(err.message); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn load(path: ImmutableString) -> RhaiResultOf<Schema> {
        Ok(Schema::load(&path)?)
    }

    /// Encodes a value by a schema, without the wire header.
    ///
    /// `schema` is a `Schema`, JSON text or a map; `value` is what the schema describes. A missing
    /// field takes its default; in a union the first branch that fits is taken.
    ///
    /// Returns a blob. An error of kind `invalid` names the field that does not fit.
    ///
    /// ```rhai
    /// let reading = #{ type: "record", name: "Reading", fields: [#{ name: "temp", type: "float" }] };
    /// avro::encode(reading, #{ temp: 1.5 }) // => [0000c03f]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn encode(schema: Dynamic, value: Dynamic) -> RhaiResultOf<Blob> {
        Ok(formats::avro::encode(&schema_of(&schema)?, &value::to_avro(&value))?)
    }

    /// Decodes a blob without the wire header.
    ///
    /// `schema` is the one that the blob was written with: a `Schema`, JSON text or a map.
    ///
    /// Returns the value. An error of kind `invalid` names the field where the blob ends, or does
    /// not make sense.
    ///
    /// ```rhai
    /// let optional = `["null", "string"]`;
    /// avro::decode(optional, avro::encode(optional, "dome")) // => "dome"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn decode(schema: Dynamic, bytes: Blob) -> RhaiResultOf<Dynamic> {
        Ok(value::from_avro(formats::avro::decode(&schema_of(&schema)?, &bytes)?))
    }

    /// Puts the wire header of Confluent's serialisers before a body.
    ///
    /// `id` is the schema's id in the registry, `body` a blob of `avro::encode`.
    ///
    /// Returns a blob: a zero byte, four bytes of the id, the body. An error of kind `usage` says
    /// that the id is none.
    ///
    /// ```rhai
    /// avro::frame(7, avro::encode(`"long"`, 1)) // => [000000000702]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn frame(id: i64, body: Blob) -> RhaiResultOf<Blob> {
        types::frame(id, &body)
    }

    /// Takes the wire header off.
    ///
    /// `bytes` is a blob as `avro::frame` makes it.
    ///
    /// Returns a map with `id`, the schema's id, and `body`, a blob. An error of kind `invalid`
    /// says that there is no header.
    ///
    /// ```rhai
    /// let message = avro::frame(7, avro::encode(`"long"`, 1));
    /// avro::unframe(message).id // => 7
    /// ```
    #[rhai_fn(return_raw)]
    pub fn unframe(bytes: Blob) -> RhaiResultOf<Map> {
        types::unframe(&bytes)
    }

    /// The full name of a schema: namespace and name, or its type if it has no name.
    ///
    /// ```rhai
    /// avro::parse(`"string"`).name // => "string"
    /// ```
    #[rhai_fn(get = "name", pure)]
    pub fn name(schema: &mut Schema) -> ImmutableString {
        schema.name().into()
    }

    /// The fields of a record, in order; empty for other schemas.
    ///
    /// Returns an array of maps with `name`, `type`, `doc` (`()` if there is none) and whatever
    /// else the schema says, for example `default` or `units`.
    ///
    /// ```rhai
    /// let schema = avro::parse(`{"type": "record", "name": "Reading", "fields": [
    ///     {"name": "temp", "type": "float", "units": "deg_C"}]}`);
    /// schema.fields[0].units // => "deg_C"
    /// ```
    #[rhai_fn(get = "fields", pure)]
    pub fn fields(schema: &mut Schema) -> Array {
        types::fields(schema)
    }

    /// The JSON text of a schema, as it was given.
    ///
    /// ```rhai
    /// avro::parse(`{"type": "string"}`).text // => "{\"type\": \"string\"}"
    /// ```
    #[rhai_fn(get = "text", pure)]
    pub fn text(schema: &mut Schema) -> ImmutableString {
        schema.text().into()
    }

    /// The JSON of a schema, indented.
    ///
    /// ```rhai
    /// avro::parse(`{"type":"string"}`).to_string() // => "{\n  \"type\": \"string\"\n}"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_string(schema: &mut Schema) -> ImmutableString {
        format!("{:#}", schema.json()).into()
    }

    /// What the session shows for a schema: its name.
    ///
    /// ```rhai
    /// [avro::parse(`"string"`)].to_string() // => "[Schema(string)]"
    /// ```
    #[rhai_fn(global, pure)]
    pub fn to_debug(schema: &mut Schema) -> ImmutableString {
        format!("{schema:?}").into()
    }

    /// Whether two schemas are the same JSON, whatever the order of its keys.
    ///
    /// ```rhai
    /// avro::parse(`"string"`) == avro::parse(` "string" `) // => true
    /// ```
    #[rhai_fn(global, pure, name = "==")]
    pub fn is_equal(schema: &mut Schema, other: Schema) -> bool {
        schema.json() == other.json()
    }
}
