//! Schemas, and values without a registry.

use rhai::plugin::*;
use rhai::{Array, Blob, ImmutableString, Map};

use crate::formats;
use crate::modules::avro::types;
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

    /// The Parsing Canonical Form of a schema: what of it decides how values are written.
    ///
    /// `schema` is a `Schema`, JSON text or a map.
    ///
    /// Returns JSON text without documentation, defaults and other attributes; schemas with the
    /// same form write values alike.
    ///
    /// ```rhai
    /// avro::canonical(`{"type": "int", "doc": "a count"}`) // => "\"int\""
    /// ```
    #[rhai_fn(return_raw)]
    pub fn canonical(schema: Dynamic) -> RhaiResultOf<String> {
        Ok(schema_of(&schema)?.canonical())
    }

    /// The CRC-64-AVRO fingerprint of the canonical form of a schema.
    ///
    /// `schema` is a `Schema`, JSON text or a map.
    ///
    /// Returns 16 hexadecimal digits.
    ///
    /// ```rhai
    /// avro::fingerprint(`"int"`) // => "8f5c393f1ad57572"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn fingerprint(schema: Dynamic) -> RhaiResultOf<String> {
        Ok(formats::avro::fingerprint(&schema_of(&schema)?, formats::avro::Hash::Crc64))
    }

    /// A fingerprint of the canonical form of a schema.
    ///
    /// `schema` is a `Schema`, JSON text or a map; `hash` is `"crc64"`, `"md5"` or `"sha256"`.
    ///
    /// Returns hexadecimal digits. An error of kind `usage` says that there is no such hash.
    ///
    /// ```rhai
    /// avro::fingerprint(`"int"`, "md5") // => "ef524ea1b91e73173d938ade36c1db32"
    /// ```
    #[rhai_fn(name = "fingerprint", return_raw)]
    pub fn fingerprint_by(schema: Dynamic, hash: ImmutableString) -> RhaiResultOf<String> {
        Ok(formats::avro::fingerprint(&schema_of(&schema)?, types::hash(&hash)?))
    }

    /// What changes from one schema to another.
    ///
    /// `old` and `new` are `Schema`s, JSON text or maps. A field is renamed where an alias of it is
    /// the name of an old one.
    ///
    /// Returns an array of maps with `path` (`position.x`; `readings[].temp` in an array, `tags{}`
    /// in a map, `.` for the schema itself), `change` (`added`, `removed`, `renamed`, `retyped`,
    /// `moved`, or what became of an attribute: `default changed`, `units added`, `doc removed`),
    /// `old` and `new`.
    ///
    /// ```rhai
    /// let before = `{"type": "record", "name": "R", "fields": [{"name": "temp", "type": "int"}]}`;
    /// let after = `{"type": "record", "name": "R", "fields": [{"name": "temp", "type": "long"}]}`;
    /// avro::diff(before, after)
    /// // => [#{"change": "retyped", "new": "long", "old": "int", "path": "temp"}]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn diff(old: Dynamic, new: Dynamic) -> RhaiResultOf<Array> {
        Ok(types::changes(&schema_of(&old)?, &schema_of(&new)?))
    }

    /// What changes from one schema to another, as a note to the readers of a release.
    ///
    /// `old` and `new` are `Schema`s, JSON text or maps.
    ///
    /// Returns text: the changes under headings, and which of the two reads data of the other.
    ///
    /// ```rhai
    /// avro::diff_note(`"int"`, `"long"`)
    /// // => "Changed:\n- the schema: int -> long\n\nCompatible BACKWARD only: the old schema cannot read data of the new schema: the writer has long, the reader int."
    /// ```
    #[rhai_fn(return_raw)]
    pub fn diff_note(old: Dynamic, new: Dynamic) -> RhaiResultOf<String> {
        let (old, new) = (schema_of(&old)?, schema_of(&new)?);
        Ok(formats::avro::diff::note(&old, &new, &formats::avro::diff::diff(&old, &new)))
    }

    /// Why a schema may not follow another under a compatibility level of schema registries.
    ///
    /// `old` and `new` are `Schema`s, JSON text or maps; `level` is a word as `"BACKWARD"`, in any
    /// case. With one earlier schema the transitive levels ask what the others do.
    ///
    /// Returns an array of text, empty where it may. An error of kind `usage` says that there is no
    /// such level. The rules: Avro specification, "Schema Resolution".
    ///
    /// ```rhai
    /// avro::objections(`"int"`, `"long"`, "FORWARD")
    /// // => ["the old schema cannot read data of the new schema: the writer has long, the reader int"]
    /// ```
    #[rhai_fn(return_raw)]
    pub fn objections(old: Dynamic, new: Dynamic, level: &str) -> RhaiResultOf<Array> {
        types::objections(&schema_of(&old)?, &schema_of(&new)?, level)
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
