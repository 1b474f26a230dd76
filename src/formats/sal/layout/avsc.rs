//! The hand-written schemas (`.avsc`) of the cameras in the layout `ts_xml`.

use serde_json::{Map, Value, json};

use super::ts_xml;
use crate::formats::avro::Schema;
use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::SourceFile;

/// The topic's name without its component, and its record: the fields of the file, each with its
/// remarks before default, name and type, then the private fields.
pub fn record(file: &SourceFile, indexed: bool) -> Result<(String, Value), SalError> {
    let bad = |line: usize, what: String| SalError::Xml { path: file.path.clone(), line, what };
    let schema: Value =
        serde_json::from_str(&file.text).map_err(|e| bad(e.line(), e.to_string()))?;
    let name = schema.get("name").and_then(Value::as_str);
    let fields = schema.get("fields").and_then(Value::as_array);
    let (Some(name), Some(fields)) = (name, fields) else {
        return Err(bad(1, "it is no Avro record with name and fields".into()));
    };
    let mut all = Vec::with_capacity(fields.len() + 9);
    for field in fields {
        let field = field.as_object().ok_or_else(|| bad(1, "a field is no JSON object".into()))?;
        all.push(remarks_first(field));
    }
    all.extend(ts_xml::private(indexed));
    let namespace = format!("lsst.sal.{}", file.component);
    let record = json!({"type": "record", "name": name, "fields": all, "namespace": namespace});
    Schema::parse(&record.to_string()).map_err(|error| bad(1, error.to_string()))?;
    Ok((name.to_owned(), record))
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
