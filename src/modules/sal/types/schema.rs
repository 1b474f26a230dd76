//! What scripts may give where a schema is wanted.

use rhai::Dynamic;

use super::topic::Topic;
use crate::formats::avro::Schema;
use crate::formats::sal::interfaces::IdlType;
use crate::modules::error::RhaiResultOf;
use crate::modules::schema;

/// The schema of a topic, a parsed one, JSON text, or a map.
pub fn of(value: &Dynamic) -> RhaiResultOf<Schema> {
    match value.read_lock::<Topic>() {
        Some(topic) => Ok(Schema::parse(&topic.made.schema)?),
        None => schema::schema(value),
    }
}

/// Whether `value` is a topic of an indexed component, as far as it tells.
pub fn indexed(value: &Dynamic) -> Option<bool> {
    let topic = value.read_lock::<Topic>()?;
    Some(topic.made.indexed)
}

/// The types that the items of `value` have in the interfaces, as far as it tells.
pub fn types(value: &Dynamic) -> Vec<IdlType> {
    value.read_lock::<Topic>().map_or_else(Vec::new, |topic| topic.made.types.clone())
}
