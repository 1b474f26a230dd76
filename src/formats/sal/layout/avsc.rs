//! The hand-written schemas (`.avsc`) of the cameras in the layout `ts_xml`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::ts_xml::{self, Private};
use crate::formats::sal::interfaces::HandWritten;

/// A record with its keys in their order: the fields of the file, then the private ones.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    fields: Vec<Field>,
    namespace: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Field {
    Own(Map<String, Value>),
    Private(&'static Private),
}

/// The record of `schema` as JSON text; each field of the file has its remarks before default, name
/// and type.
pub fn record(component: &str, schema: &HandWritten, indexed: bool) -> String {
    let own = schema.fields.iter().map(remarks_first).map(Field::Own);
    ts_xml::text(&Record {
        kind: "record",
        name: &schema.name,
        fields: own.chain(ts_xml::private(indexed).iter().map(Field::Private)).collect(),
        namespace: format!("lsst.sal.{component}"),
    })
}

fn remarks_first(field: &Map<String, Value>) -> Map<String, Value> {
    const AVRO: [&str; 3] = ["default", "name", "type"];
    let remarks = field.iter().filter(|(key, _)| !AVRO.contains(&key.as_str()));
    let mut ordered: Map<String, Value> = remarks.map(|(k, v)| (k.clone(), v.clone())).collect();
    for key in AVRO {
        if let Some(value) = field.get(key) {
            ordered.insert(key.to_owned(), value.clone());
        }
    }
    ordered
}
