//! Plain values as JSON, and JSON into Avro.

use std::collections::BTreeMap;

use apache_avro::types::Value;
use serde_json::{Number, Value as Json};

use super::encode::{Fit, fitted};
use super::error::AvroError;
use super::logical::integer;
use super::schema::Schema;

/// Encodes `json` by `schema`, without a wire header.
///
/// It is plain JSON: a union takes the value itself. Bytes are strings with a character up to
/// U+00FF for each byte, as in Avro's own JSON encoding. The error names the field.
pub fn encode_json(schema: &Schema, json: Json) -> Result<Vec<u8>, AvroError> {
    fitted(schema, &of_json(json), Fit::of_json(schema))
}

/// The plain value of JSON; integers beyond 64 bits become floats.
fn of_json(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(b) => Value::Boolean(b),
        Json::Number(number) => match number.as_i64() {
            Some(i) => Value::Long(i),
            None => number.as_f64().map_or(Value::Null, Value::Double),
        },
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::Array(items.into_iter().map(of_json).collect()),
        // A record keeps the order of its fields, and costs less than a map.
        Json::Object(map) => {
            Value::Record(map.into_iter().map(|(key, json)| (key, of_json(json))).collect())
        }
    }
}

/// The JSON of a plain value as [`super::decode()`] gives it: bytes are hexadecimal text; NaN and the
/// infinities, which JSON does not have, are null.
pub fn to_json(value: Value) -> Json {
    if let Some(i) = integer(&value) {
        return i.into();
    }
    match value {
        Value::Boolean(b) => b.into(),
        Value::Float(x) => Number::from_f64(x.into()).map_or(Json::Null, Json::Number),
        Value::Double(x) => Number::from_f64(x).map_or(Json::Null, Json::Number),
        Value::String(text) | Value::Enum(_, text) => text.into(),
        Value::Bytes(bytes) | Value::Fixed(_, bytes) => hex(&bytes).into(),
        Value::Union(_, item) => to_json(*item),
        Value::Array(items) => items.into_iter().map(to_json).collect(),
        // In order: the same value is the same text.
        Value::Map(map) => {
            BTreeMap::from_iter(map).into_iter().map(|(key, item)| (key, to_json(item))).collect()
        }
        Value::Record(fields) => {
            fields.into_iter().map(|(key, item)| (key, to_json(item))).collect()
        }
        // Null; `decode` leaves none of the others.
        _ => Json::Null,
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
