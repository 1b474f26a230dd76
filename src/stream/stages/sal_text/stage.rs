//! The stage: one message at a time.

use std::sync::Arc;

use bytes::BytesMut;
use indexmap::IndexMap;

use super::options::SalTextOptions;
use super::schemas::Schemas;
use super::slot::{Slot, now};
use super::versions::Versions;
use crate::clients::kafka::Record;
use crate::clients::registry::Registry;
use crate::context::Context;
use crate::error::Kind;
use crate::formats::sal::SalError;
use crate::formats::sal::text::{Message as Text, split};
use crate::stream::{Message, Stage, StageError, StageSpec};

/// Values are cut from blocks of this size, so that not each needs memory of its own.
const BLOCK: usize = 1 << 16;

/// Reads each value as a SAL text message and writes it with the latest schema of its topic, into
/// the Kafka topic that the layout names. Key, headers and timestamp stay; a tombstone is skipped.
pub struct SalText {
    context: Context,
    schemas: Arc<Schemas>,
    registry: Option<Arc<Registry>>,
    known: IndexMap<String, Known>,
    /// Which of them the last message was of: most often the next one is, too.
    last: usize,
    buffer: Vec<u8>,
    block: BytesMut,
}

/// What this stage has seen of the schemas of a topic.
struct Known {
    slot: Arc<Slot>,
    versions: Arc<Versions>,
    changes: u64,
    /// When its freshness was looked after last, in milliseconds since 1970.
    looked_after: i64,
}

/// The stage as a value. All stages of a run with the same `options` share their schemas.
pub fn sal_text(options: SalTextOptions) -> StageSpec {
    StageSpec::new("sal::text_to_avro", move |context| {
        Ok(Box::new(SalText {
            context: context.clone(),
            schemas: Schemas::of(context, &options)?,
            registry: None,
            known: IndexMap::new(),
            last: 0,
            buffer: Vec::new(),
            block: BytesMut::with_capacity(BLOCK),
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
        let text = split(text).map_err(|error| invalid(&error))?;
        let now = now();
        let written = message.timestamp.map_or(now, |time| time.min(now));
        let target = self.write(&text, written, now)?;
        self.block.extend_from_slice(&self.buffer);
        message.topic = Some(target);
        message.value = Some(self.block.split().freeze().into());
        out.push(message);
        Ok(())
    }
}

impl SalText {
    /// Leaves the record of `text` in the buffer, and says where it goes. `written` is when the
    /// message was written, and `now` is now.
    fn write(&mut self, text: &Text<'_>, written: i64, now: i64) -> Result<Arc<str>, StageError> {
        self.find(text.topic, written)?;
        let known = self.known.get_index_mut(self.last);
        let Some(((_, known), registry)) = known.zip(self.registry.as_ref()) else {
            return Err(StageError::Stopped);
        };
        // Not for each of the thousands of messages in a millisecond.
        if known.looked_after != now {
            known.looked_after = now;
            self.schemas.keep_fresh(&self.context, registry, &known.slot);
        }
        known.follow();
        let Err(misfit) = known.versions.write(text, now, &mut self.buffer) else {
            return Ok(known.slot.target.clone());
        };
        // It may be the first message of a form that was registered just now.
        self.schemas.look_again(registry, &known.slot, written)?;
        if !known.follow() {
            return Err(invalid(&misfit));
        }
        known.versions.write(text, now, &mut self.buffer).map_err(|error| invalid(&error))?;
        Ok(known.slot.target.clone())
    }

    /// Makes `last` the place of `topic`, whose schemas are asked for where it is new.
    fn find(&mut self, topic: &str, written: i64) -> Result<(), StageError> {
        if self.known.get_index(self.last).is_some_and(|(last, _)| last == topic) {
            return Ok(());
        }
        self.last = if let Some(at) = self.known.get_index_of(topic) {
            at
        } else {
            let registry = self.registry()?;
            let slot = self.schemas.slot(topic)?;
            let changes = slot.changes();
            let versions = self.schemas.versions(&registry, &slot, written)?;
            let known = Known { slot, versions, changes, looked_after: 0 };
            self.known.insert_full(topic.to_owned(), known).0
        };
        Ok(())
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

impl Known {
    /// Takes the versions of now; true if they changed.
    #[inline]
    fn follow(&mut self) -> bool {
        let changes = self.slot.changes();
        if changes == self.changes {
            return false;
        }
        self.changes = changes;
        self.versions = self.slot.state().versions.clone().unwrap_or(self.versions.clone());
        true
    }
}

fn invalid(error: &SalError) -> StageError {
    StageError::poison(Kind::Invalid.as_str(), error.to_string())
}
