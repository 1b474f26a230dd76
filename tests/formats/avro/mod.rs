//! Tests of `formats::avro`.

mod canonical;
mod decode;
mod diff;
mod encode;
mod plan;
mod schema;
mod union;
mod uses;
mod wire;

use std::collections::HashMap;

use apache_avro::types::Value;
use kafkaefd::formats::avro::{self, Schema};

/// A plain map value of `entries`.
pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(HashMap::from(entries.map(|(key, value)| (key.to_owned(), value))))
}

pub fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A record `org.X` of one field `f` of `kind` (JSON), with more attributes.
pub fn record(kind: &str, more: &str) -> Schema {
    let fields = format!(r#"[{{"name": "f", "type": {kind}{more}}}]"#);
    let json =
        format!(r#"{{"type": "record", "name": "X", "namespace": "org", "fields": {fields}}}"#);
    Schema::parse(&json).unwrap()
}

/// What comes back after encoding and decoding `value` as the field of a record of `kind`.
pub fn there_and_back(kind: &str, value: Value) -> Value {
    let schema = record(kind, "");
    let bytes = avro::encode(&schema, &map([("f", value)])).unwrap();
    match avro::decode(&schema, &bytes).unwrap() {
        Value::Record(mut fields) => fields.remove(0).1,
        other => panic!("{other:?}"),
    }
}

/// The message for `value` as the field of a record of `kind`.
pub fn refusal(kind: &str, value: Value) -> String {
    avro::encode(&record(kind, ""), &map([("f", value)])).unwrap_err().to_string()
}
