//! Values into Avro in the wire format.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::fault::{NOT_FOUND, invalid, of_registry};
use crate::clients::kafka::{Payload, Record};
use crate::clients::registry::{Registry, RegistryError};
use crate::error::{Explain, Failure, Kind};
use crate::formats::avro::{self, Schema, wire};
use crate::stream::{Message, Stage, StageError, StageSpec};

/// What logs and dead letters call the stage.
const NAME: &str = "avro::encode";
/// How old the schema may be before the registry is asked whether there is a newer one.
const FRESH: Duration = Duration::from_secs(30);
/// How long to wait for news of a schema that is good enough.
const PATIENCE: Duration = Duration::from_secs(2);
/// How far the clocks of those who write records may be behind, in milliseconds.
const SKEW: i64 = 60_000;

/// Encodes each value by the latest schema of a subject. Key, headers and timestamp stay; so does a
/// tombstone.
struct Encode {
    registry: Arc<Registry>,
    subject: String,
    latest: Option<Latest>,
}

/// The schema that was the latest when the registry was asked.
struct Latest {
    id: u32,
    schema: Schema,
    /// When the registry was asked, whatever it answered.
    asked: Instant,
    /// When it answered, in milliseconds since 1970 (UTC).
    answered: i64,
}

/// The stage as a value. A decoded value is encoded as it is, bytes as JSON text; for a schema of
/// type string they are the text itself.
pub fn encode(subject: &str) -> StageSpec {
    let subject = subject.to_owned();
    StageSpec::new(NAME, move |context| {
        let registry = Registry::of(context)?;
        let mut stage = Encode { registry, subject: subject.clone(), latest: None };
        match stage.latest() {
            // The registry may be back by the time of the first record.
            Ok(_) | Err(StageError::Transient(_) | StageError::Stopped) => Ok(Box::new(stage)),
            Err(StageError::Config(failure)) => Err(failure),
            Err(StageError::Poison { message, .. }) => Err(Failure::new(Kind::Invalid, message)),
        }
    })
}

impl Stage for Encode {
    fn name(&self) -> &str {
        NAME
    }

    fn apply(
        &mut self,
        origin: &Record,
        mut message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        if let Some(payload) = &message.value {
            message.value = Some(self.encode(origin, payload)?.into());
        }
        out.push(message);
        Ok(())
    }
}

impl Encode {
    /// The value of `origin` in the wire format. One that does not fit is tried by a newer schema,
    /// if there may be one: the registry must answer before the value is at fault.
    fn encode(&mut self, origin: &Record, payload: &Payload) -> Result<Vec<u8>, StageError> {
        if self.latest.as_ref().is_some_and(|latest| latest.asked.elapsed() >= FRESH) {
            self.refresh();
        }
        let latest = self.latest()?;
        let written = latest.write(payload);
        if written.is_ok() || latest.knows_of(origin.timestamp()) {
            return written;
        }
        let before = latest.id;
        let newer = ask(&self.registry, &self.subject).map_err(of_registry)?;
        let latest = self.latest.insert(newer);
        if latest.id == before { written } else { latest.write(payload) }
    }

    /// The schema; the registry is asked if it is not known. A subject without one is the set-up's
    /// fault.
    fn latest(&mut self) -> Result<&mut Latest, StageError> {
        let none = match &mut self.latest {
            Some(latest) => return Ok(latest),
            none => none,
        };
        let asked = ask(&self.registry, &self.subject).map_err(|error| {
            if error.code().is_some_and(|code| NOT_FOUND.contains(&code)) {
                let why = format!("cannot encode by subject `{}`: it has no schema", self.subject);
                return StageError::Config(Failure::new(Kind::NotFound, why).with_remedy(
                    "register one first: kafkaefd registry upload, or registry::register",
                ));
            }
            match of_registry(error) {
                StageError::Poison { message, .. } => {
                    StageError::Config(Failure::new(Kind::Invalid, message))
                }
                other => other,
            }
        });
        Ok(none.insert(asked?))
    }

    /// Asks for a newer schema. Whatever the registry answers, what is known stays good.
    fn refresh(&mut self) {
        let answer = ask(&self.registry.within(Some(PATIENCE)), &self.subject);
        let Some(known) = &mut self.latest else { return };
        match answer {
            Ok(latest) => *known = latest,
            Err(error) => {
                known.asked = Instant::now();
                tracing::warn!("going on with schema {} of `{}`: {error}", known.id, self.subject);
            }
        }
    }
}

impl Latest {
    /// Whether the registry answered long enough after `written` (milliseconds since 1970), with
    /// which a value was written, to know its schema.
    fn knows_of(&self, written: Option<i64>) -> bool {
        written.is_some_and(|written| written.saturating_add(SKEW) < self.answered)
    }

    fn write(&self, payload: &Payload) -> Result<Vec<u8>, StageError> {
        let schema = &self.schema;
        let body = match payload.value() {
            Some(value) => avro::encode(schema, value),
            None if schema.name() == "string" => avro::encode(schema, &text(payload)?.into()),
            None => avro::encode_json(schema, json(payload)?),
        };
        let body = body.map_err(invalid)?;
        let mut bytes = Vec::with_capacity(wire::HEADER + body.len());
        wire::frame(self.id, &mut bytes);
        bytes.extend_from_slice(&body);
        Ok(bytes)
    }
}

fn ask(registry: &Registry, subject: &str) -> Result<Latest, RegistryError> {
    let latest = registry.latest(subject)?;
    let schema = latest.avro()?.clone();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let answered = now.map_or(0, |since| since.as_millis() as i64);
    Ok(Latest { id: latest.id, schema, asked: Instant::now(), answered })
}

fn text(bytes: &[u8]) -> Result<String, StageError> {
    let text = std::str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|error| invalid(format!("the value is no text: {error}")))
}

fn json(bytes: &[u8]) -> Result<serde_json::Value, StageError> {
    serde_json::from_slice(bytes).map_err(|error| invalid(format!("the value is no JSON: {error}")))
}
