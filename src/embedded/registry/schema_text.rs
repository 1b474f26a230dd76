//! Schemas as requests bring them and as answers show them.

use serde::Deserialize;
use serde_json::Value as Json;

use super::problem::Problem;
use crate::formats::avro::Schema;

#[derive(Deserialize)]
struct Body {
    schema: String,
    #[serde(default, rename = "schemaType")]
    kind: Option<String>,
    #[serde(default)]
    references: Vec<Json>,
}

/// The Avro schema in the body of a request.
pub(super) fn schema(body: &[u8]) -> Result<Schema, Problem> {
    let body: Body = serde_json::from_slice(body).map_err(Problem::bad_body)?;
    match body.kind.as_deref() {
        None | Some("AVRO") => {}
        Some(other) => {
            let why = format!("the embedded registry holds AVRO schemas only, not {other}");
            return Err(Problem::bad_schema(why));
        }
    }
    if !body.references.is_empty() {
        return Err(Problem::bad_schema("the embedded registry resolves no references"));
    }
    Schema::parse(&body.schema).map_err(Problem::bad_schema)
}

/// The text in answers: without white space between words.
pub(super) fn shown(schema: &Schema) -> String {
    schema.json().to_string()
}

/// Equal for schemas that share an id: the same JSON, whatever its white space and order of keys.
/// Schemas that differ only in documentation are different.
pub(super) fn identity(schema: &Schema) -> String {
    let mut json = schema.json().clone();
    json.sort_all_objects();
    json.to_string()
}
