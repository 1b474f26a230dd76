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
    /// Reads the file `path` with content `text`; or tells all that is wrong with it.
    pub fn parse(path: &Path, text: &str) -> Result<HandWritten, Vec<SalError>> {
        let bad = |line: usize, what: String| SalError::Xml { path: path.to_owned(), line, what };
        let schema: Value =
            serde_json::from_str(text).map_err(|e| vec![bad(e.line(), e.to_string())])?;
        let name = schema.get("name").and_then(Value::as_str);
        let fields = schema.get("fields").and_then(Value::as_array);
        let (Some(name), Some(fields)) = (name, fields) else {
            return Err(vec![bad(1, "it is no Avro record with name and fields".into())]);
        };
        let objects: Vec<_> = fields.iter().filter_map(Value::as_object).cloned().collect();
        let mut mistakes = Vec::new();
        if objects.len() < fields.len() {
            let (all, wrong) = (fields.len(), fields.len() - objects.len());
            mistakes.push(bad(1, format!("{wrong} of {all} fields are no JSON objects")));
        } else if let Err(error) = Schema::check(&schema) {
            mistakes.push(bad(1, error.to_string()));
        }
        let names = objects.iter().filter_map(|field| field.get("name")?.as_str());
        for own in names.filter(|name| name.starts_with("private_") || *name == "salIndex") {
            let before = text.split(&format!("\"{own}\"")).next().unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            mistakes.push(bad(line, format!("{own} is a field of the layout")));
        }
        if mistakes.is_empty() {
            return Ok(HandWritten { name: name.to_owned(), fields: objects });
        }
        Err(mistakes)
    }
}
