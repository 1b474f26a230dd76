//! Script values into plain Avro and JSON values, and back.

use apache_avro::types::Value;
use rhai::{Array, Blob, Dynamic, Map};
use serde_json::{Number, Value as Json};

use crate::formats::avro::integer;

/// The plain Avro value of a script value; what has no counterpart (a function, a handle) becomes
/// its text.
pub fn to_avro(value: &Dynamic) -> Value {
    if value.is_unit() {
        return Value::Null;
    }
    if let Ok(b) = value.as_bool() {
        return Value::Boolean(b);
    }
    if let Ok(i) = value.as_int() {
        return Value::Long(i);
    }
    if let Ok(x) = value.as_float() {
        return Value::Double(x);
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Value::String(text.to_string());
    }
    if let Some(map) = value.read_lock::<Map>() {
        // Unlike a map, a record keeps an order.
        return Value::Record(map.iter().map(|(k, v)| (k.to_string(), to_avro(v))).collect());
    }
    if let Some(items) = value.read_lock::<Array>() {
        return Value::Array(items.iter().map(to_avro).collect());
    }
    if let Some(bytes) = value.read_lock::<Blob>() {
        return Value::Bytes(bytes.clone());
    }
    Value::String(value.to_string())
}

/// The script value of a plain Avro value: numbers as `int` and `float`, null as `()`, records and
/// maps as maps, bytes as blobs.
pub fn from_avro(value: Value) -> Dynamic {
    if let Some(i) = integer(&value) {
        return i.into();
    }
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Boolean(b) => b.into(),
        Value::Float(x) => f64::from(x).into(),
        Value::Double(x) => x.into(),
        Value::String(text) | Value::Enum(_, text) => text.into(),
        Value::Bytes(bytes) | Value::Fixed(_, bytes) => Dynamic::from_blob(bytes),
        Value::Union(_, item) => from_avro(*item),
        Value::Array(items) => items.into_iter().map(from_avro).collect::<Array>().into(),
        Value::Map(map) => map_of(map.into_iter()),
        Value::Record(fields) => map_of(fields.into_iter()),
        Value::Uuid(id) => id.to_string().into(),
        Value::BigDecimal(number) => number.to_string().into(),
        // `formats::avro::decode` leaves none of the others.
        other => format!("{other:?}").into(),
    }
}

fn map_of(entries: impl Iterator<Item = (String, Value)>) -> Dynamic {
    entries.map(|(key, value)| (key.into(), from_avro(value))).collect::<Map>().into()
}

/// The JSON of a script value. Blobs become arrays of numbers; what JSON has no word for (NaN,
/// infinities, handles) becomes text.
pub fn to_json(value: &Dynamic) -> Json {
    if value.is_unit() {
        return Json::Null;
    }
    if let Ok(b) = value.as_bool() {
        return Json::Bool(b);
    }
    if let Ok(i) = value.as_int() {
        return Json::from(i);
    }
    if let Ok(x) = value.as_float() {
        return Number::from_f64(x).map_or_else(|| Json::String(x.to_string()), Json::Number);
    }
    if let Some(map) = value.read_lock::<Map>() {
        return Json::Object(map.iter().map(|(k, v)| (k.to_string(), to_json(v))).collect());
    }
    if let Some(items) = value.read_lock::<Array>() {
        return Json::Array(items.iter().map(to_json).collect());
    }
    if let Some(bytes) = value.read_lock::<Blob>() {
        return Json::Array(bytes.iter().copied().map(Json::from).collect());
    }
    Json::String(value.to_string())
}

/// The script value of JSON; integers beyond 64 bits become floats.
pub fn from_json(json: Json) -> Dynamic {
    match json {
        Json::Null => Dynamic::UNIT,
        Json::Bool(b) => b.into(),
        Json::Number(number) => match number.as_i64() {
            Some(i) => i.into(),
            None => number.as_f64().map_or(Dynamic::UNIT, Dynamic::from),
        },
        Json::String(text) => text.into(),
        Json::Array(items) => items.into_iter().map(from_json).collect::<Array>().into(),
        Json::Object(map) => {
            map.into_iter().map(|(key, json)| (key.into(), from_json(json))).collect::<Map>().into()
        }
    }
}
