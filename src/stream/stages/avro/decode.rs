//! Avro in the wire format into plain values.

use std::collections::HashMap;
use std::sync::Arc;

use super::fault::{invalid, of_registry};
use crate::clients::kafka::{Payload, Record};
use crate::clients::registry::Registry;
use crate::formats::avro::{self, Schema, wire};
use crate::stream::{Message, Stage, StageError, StageSpec};

/// What logs and dead letters call the stage.
const NAME: &str = "avro::decode";

/// Decodes each value by the schema that its header names. Key, headers and timestamp stay; so does
/// a tombstone.
struct Decode {
    registry: Arc<Registry>,
    /// The schemas seen so far; one with an id never changes.
    schemas: HashMap<u32, Schema>,
}

/// The stage as a value. Steps behind it see the decoded value; produced as it is, it is JSON text.
pub fn decode() -> StageSpec {
    StageSpec::new(NAME, |context| {
        Ok(Box::new(Decode { registry: Registry::of(context)?, schemas: HashMap::new() }))
    })
}

impl Stage for Decode {
    fn name(&self) -> &str {
        NAME
    }

    fn apply(
        &mut self,
        _origin: &Record,
        mut message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        if let Some(value) = &message.value {
            let (id, body) = wire::split(value).ok_or_else(|| {
                let length = value.len();
                invalid(format!("{length} bytes have no header that names an Avro schema"))
            })?;
            let value = avro::decode(self.schema(id)?, body).map_err(invalid)?;
            message.value = Some(Payload::decoded(value));
        }
        out.push(message);
        Ok(())
    }
}

impl Decode {
    fn schema(&mut self, id: u32) -> Result<&Schema, StageError> {
        use std::collections::hash_map::Entry;
        match self.schemas.entry(id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(self.registry.schema(id).map_err(of_registry)?)),
        }
    }
}
