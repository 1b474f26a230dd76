//! The hand-written schemas (`.avsc`) of the cameras in the layout `ts_xml`.

use serde_json::{Map, Value};

use super::ts_xml;
use crate::formats::sal::interfaces::HandWritten;

/// The record of `schema`: the fields of the file, each with its remarks before default, name and
/// type, then the private fields.
pub fn record(component: &str, schema: &HandWritten, indexed: bool) -> Value {
    let mut all: Vec<Value> = schema.fields.iter().map(remarks_first).collect();
    all.extend(ts_xml::private(indexed));
    ts_xml::object([
        ("type", "record".into()),
        ("name", schema.name.as_str().into()),
        ("fields", all.into()),
        ("namespace", format!("lsst.sal.{component}").into()),
    ])
}

fn remarks_first(field: &Map<String, Value>) -> Value {
    const AVRO: [&str; 3] = ["default", "name", "type"];
    let remarks = field.iter().filter(|(key, _)| !AVRO.contains(&key.as_str()));
    let mut ordered: Map<String, Value> = remarks.map(|(k, v)| (k.clone(), v.clone())).collect();
    for key in AVRO {
        if let Some(value) = field.get(key) {
            ordered.insert(key.to_owned(), value.clone());
        }
    }
    ordered.into()
}
