//! SAL text messages to Avro in the wire format.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use crate::clients::kafka::Record;
use crate::clients::registry::Registry;
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::avro::wire;
use crate::formats::sal::text::{Options, Transform, split};
use crate::stream::{Message, Stage, StageError, StageSpec};

/// The registry's codes for what was never registered.
const NO_SUBJECT: i64 = 40401;
const NO_VERSION: i64 = 40402;

/// How long a topic without a schema is believed to have none.
const UNKNOWN_FOR: Duration = Duration::from_secs(10);

/// Reads each value as a SAL text message and writes it with the latest schema of the subject
/// `lsst.sal.<topic>`, into the topic of that name. Key, headers and timestamp stay; a tombstone is
/// skipped.
pub struct SalText {
    context: Context,
    registry: Option<Arc<Registry>>,
    options: Options,
    known: HashMap<String, Known>,
    unknown: HashMap<String, Instant>,
    buffer: Vec<u8>,
}

struct Known {
    id: u32,
    transform: Transform,
    target: Arc<str>,
}

/// The stage as a value; `options` say how the text is understood.
pub fn sal_text(options: Options) -> StageSpec {
    StageSpec::new("sal::text_to_avro", move |context| {
        Ok(Box::new(SalText {
            context: context.clone(),
            registry: None,
            options,
            known: HashMap::new(),
            unknown: HashMap::new(),
            buffer: Vec::new(),
        }))
    })
}

impl Stage for SalText {
    fn name(&self) -> &'static str {
        "sal::text_to_avro"
    }

    fn apply(
        &mut self,
        _origin: &Record,
        mut message: Message,
        out: &mut Vec<Message>,
    ) -> Result<(), StageError> {
        let Some(text) = &message.value else { return Ok(()) };
        let text = split(text).map_err(invalid)?;
        if !self.known.contains_key(text.topic) {
            let known = self.look_up(text.topic)?;
            self.known.insert(text.topic.to_owned(), known);
        }
        let Some(known) = self.known.get(text.topic) else { return Ok(()) };
        self.buffer.clear();
        wire::frame(known.id, &mut self.buffer);
        known.transform.write(&text, now(), &mut self.buffer).map_err(invalid)?;
        message.topic = Some(known.target.clone());
        message.value = Some(Bytes::copy_from_slice(&self.buffer));
        out.push(message);
        Ok(())
    }
}

impl SalText {
    fn look_up(&mut self, topic: &str) -> Result<Known, StageError> {
        let subject = format!("lsst.sal.{topic}");
        if self.unknown.get(topic).is_some_and(|since| since.elapsed() < UNKNOWN_FOR) {
            return Err(no_schema(topic, &subject));
        }
        let registered = self.registry()?.latest(&subject).map_err(|error| {
            let failure = Failure::from(error);
            match failure.code {
                Some(NO_SUBJECT | NO_VERSION) => {
                    self.unknown.insert(topic.to_owned(), Instant::now());
                    no_schema(topic, &subject)
                }
                // A proxy or another server knows nothing of the subject.
                _ if failure.kind == Kind::NotFound => StageError::Transient(failure),
                _ => StageError::classify(failure),
            }
        })?;
        self.unknown.remove(topic);
        let schema = registered.avro().map_err(invalid)?;
        let transform = Transform::compile(schema, self.options).map_err(invalid)?;
        Ok(Known { id: registered.id, transform, target: subject.into() })
    }

    fn registry(&mut self) -> Result<Arc<Registry>, StageError> {
        if let Some(registry) = &self.registry {
            return Ok(registry.clone());
        }
        let registry = Registry::of(&self.context).map_err(StageError::Config)?;
        self.registry = Some(registry.clone());
        Ok(registry)
    }
}

fn no_schema(topic: &str, subject: &str) -> StageError {
    let message = format!(
        "cannot find the schema of the SAL topic `{topic}`: the registry has no subject `{subject}`"
    );
    StageError::poison(Kind::NotFound.as_str(), message)
}

fn invalid(error: impl std::error::Error) -> StageError {
    StageError::poison(Kind::Invalid.as_str(), error.to_string())
}

/// Now, in milliseconds since 1970 (UTC).
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
