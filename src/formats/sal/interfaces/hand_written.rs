//! Hand-written Avro schemas (`.avsc`) of topics that no XML file defines.

use std::path::Path;

use serde_json::{Map, Value};

use crate::formats::avro::Schema;
use crate::formats::sal::SalError;

/// A schema as its file has it.
#[derive(Debug, Clone)]
pub struct HandWritten {
    /// The topic's name without its component.
    pub name: String,
    /// The fields, in order.
    pub fields: Vec<Map<String, Value>>,
}

impl HandWritten {
    /// Reads the file `path` with content `text`.
    pub fn parse(path: &Path, text: &str) -> Result<HandWritten, SalError> {
        let bad = |line: usize, what: String| SalError::Xml { path: path.to_owned(), line, what };
        let schema: Value = serde_json::from_str(text).map_err(|e| bad(e.line(), e.to_string()))?;
        let name = schema.get("name").and_then(Value::as_str);
        let fields = schema.get("fields").and_then(Value::as_array);
        let (Some(name), Some(fields)) = (name, fields) else {
            return Err(bad(1, "it is no Avro record with name and fields".into()));
        };
        Schema::check(&schema).map_err(|error| bad(1, error.to_string()))?;
        let object = |field: &Value| field.as_object().cloned();
        let fields = fields.iter().map(object).collect::<Option<_>>();
        let fields: Vec<_> = fields.ok_or_else(|| bad(1, "a field is no JSON object".into()))?;
        let mut names = fields.iter().filter_map(|field: &Map<String, Value>| field.get("name"));
        let own = |name: &&Value| {
            name.as_str().is_some_and(|name| name.starts_with("private_") || name == "salIndex")
        };
        if let Some(name) = names.find(own) {
            return Err(bad(1, format!("{name} is a field of the layout")));
        }
        Ok(HandWritten { name: name.to_owned(), fields })
    }
}
