//! Schemas as scripts give them: parsed, as JSON text, or as a map.

use rhai::{Dynamic, Map};

use super::error::RhaiResultOf;
use super::value;
use crate::error::{Failure, Kind};
use crate::formats::avro::Schema;

/// The schema in `given`: a handle, JSON text or a map; anything else is a usage error.
pub fn schema(given: &Dynamic) -> RhaiResultOf<Schema> {
    if let Some(schema) = given.read_lock::<Schema>() {
        return Ok(schema.clone());
    }
    if let Ok(text) = given.as_immutable_string_ref() {
        return Ok(Schema::parse(&text)?);
    }
    if given.is::<Map>() {
        return Ok(Schema::parse(&value::to_json(given).to_string())?);
    }
    let got = given.type_name();
    Err(Failure::new(Kind::Usage, format!("a schema is text, a map or a Schema, not {got}")).into())
}
