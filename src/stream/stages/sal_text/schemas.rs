//! The schemas of SAL topics, asked for once by all workers of a run, and kept fresh.
//!
//! The first message of a topic waits for its schema. From then on messages never wait: a new
//! version is looked for beside them ([`super::refresh`]). While the registry does not answer, what
//! is known stays in use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::options::SalTextOptions;
use super::refresh::Queue;
use super::slot::{Slot, State};
use super::versions::{Versions, Written};
use crate::clients::registry::{Registered, Registry, RegistryError, Version};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::stream::StageError;

/// The registry's codes for what was never registered.
const NO_SUBJECT: i64 = 40401;
const NO_VERSION: i64 = 40402;

/// The least time between two questions that a message waits for.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a message that does not fit what is known waits to hear of something newer.
const PATIENCE: Duration = Duration::from_secs(2);
/// More topics than that are those of broken messages: the ones without a schema are forgotten.
const MOST_TOPICS: usize = 10_000;

/// The schemas that the stages of a run with the same options share.
pub struct Schemas {
    pub(super) options: SalTextOptions,
    pub(super) since: Instant,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
    pub(super) queue: Mutex<Queue>,
}

impl Schemas {
    /// The schemas of the run `context` for stages with `options`.
    pub fn of(context: &Context, options: &SalTextOptions) -> Result<Arc<Schemas>, Failure> {
        let all = context.resource(|| Ok(Mutex::new(Vec::<Arc<Schemas>>::new())))?;
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.iter().find(|schemas| schemas.options == *options) {
            return Ok(found.clone());
        }
        let made = Arc::new(Schemas {
            options: options.clone(),
            since: Instant::now(),
            slots: Mutex::default(),
            queue: Mutex::default(),
        });
        all.push(made.clone());
        Ok(made)
    }

    /// The place of the SAL topic `topic`.
    pub fn slot(&self, topic: &str) -> Result<Arc<Slot>, StageError> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(topic) {
            return Ok(slot.clone());
        }
        let Some((target, subject)) = self.options.layout.names_of(&self.options.prefix, topic)
        else {
            let text = format!("cannot find a schema: `{topic}` is no name of a SAL topic");
            return Err(StageError::poison(Kind::Invalid.as_str(), text));
        };
        if slots.len() >= MOST_TOPICS {
            slots.retain(|_, slot| slot.changes() > 0);
        }
        let slot = Arc::new(Slot::new(topic, target, subject));
        slots.insert(topic.to_owned(), slot.clone());
        Ok(slot)
    }

    /// What to write messages of `slot` with; asks the registry if that is not known.
    ///
    /// `written` is when the message was written, in milliseconds since 1970: an older answer that
    /// there is no schema says nothing about it.
    pub fn versions(
        &self,
        registry: &Registry,
        slot: &Slot,
        written: i64,
    ) -> Result<Arc<Versions>, StageError> {
        let mut state = slot.state();
        if let Some(versions) = &state.versions {
            return Ok(versions.clone());
        }
        if let Some(error) = &state.refused
            && state.knows_of(written)
        {
            return Err(error.clone());
        }
        state.pause(PAUSE);
        match self.ask(registry, slot, &mut state) {
            Ok(_) => {}
            Err(error @ StageError::Poison { .. }) => {
                state.refused = Some(error.clone());
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        // An answer that is no error leaves versions.
        state.versions.clone().ok_or_else(|| no_schema(slot))
    }

    /// Looks for a new version for messages of `slot`, one of which did not fit: unless the registry
    /// was asked since it was `written`. Where it does not answer, what is known decides.
    ///
    /// The message may also be older than the latest version: the one before it is taken, too, when
    /// the first does not fit. That one must be answered for: whether the message is good depends on
    /// it.
    pub fn look_again(
        &self,
        registry: &Registry,
        slot: &Slot,
        written: i64,
    ) -> Result<(), StageError> {
        let registry = registry.within(Some(PATIENCE));
        let mut state = slot.state();
        if !state.knows_of(written) {
            state.pause(PAUSE);
            let _ = self.look(&registry, slot, &mut state);
        }
        let versions = state.versions.clone();
        let Some((versions, latest)) = versions.and_then(|v| v.lonely().map(|n| (v, n))) else {
            return Ok(());
        };
        if !state.looked_back {
            let before = self.before(&registry, slot, latest)?;
            state.looked_back = true;
            if let Some(before) = before {
                slot.change(&mut state, versions.after(before));
            }
        }
        Ok(())
    }

    /// The version before `latest`; none where it is deleted, or no schema of SAL messages.
    fn before(
        &self,
        registry: &Registry,
        slot: &Slot,
        latest: u32,
    ) -> Result<Option<Written>, StageError> {
        let answered = |error| match refusal(slot, error) {
            StageError::Poison { .. } => Ok(None),
            error => Err(error),
        };
        let versions = match registry.versions(&slot.subject, false) {
            Ok(versions) => versions,
            Err(error) => return answered(error),
        };
        let Some(number) = versions.into_iter().filter(|number| *number < latest).max() else {
            return Ok(None);
        };
        match registry.version(&slot.subject, Version::Number(number)) {
            Ok(registered) => Ok(self.compile(&registered).ok()),
            Err(error) => answered(error),
        }
    }

    /// Looks for a new version. Whatever comes of it, what is known stays usable; the error is that
    /// of a registry that does not answer.
    pub(super) fn look(
        &self,
        registry: &Registry,
        slot: &Slot,
        state: &mut State,
    ) -> Result<bool, ()> {
        let before = state.versions.as_ref().map(|versions| versions.id());
        let answer = self.ask(registry, slot, state);
        let (topic, id) = (&slot.topic, before.unwrap_or_default());
        let told = std::mem::replace(&mut state.told, answer.is_err());
        match answer {
            Ok(false) => Ok(false),
            Ok(true) => {
                let now = state.versions.as_ref().map_or(0, |versions| versions.id());
                tracing::info!("schema {now} follows schema {id} of the SAL topic `{topic}`");
                Ok(true)
            }
            Err(StageError::Stopped) => Err(()),
            Err(error) => {
                if !told {
                    tracing::warn!("going on with schema {id} of the SAL topic `{topic}`: {error}");
                }
                if matches!(error, StageError::Poison { .. }) { Ok(false) } else { Err(()) }
            }
        }
    }

    /// Asks the registry for the latest version, and takes it; true if it is another one.
    fn ask(&self, registry: &Registry, slot: &Slot, state: &mut State) -> Result<bool, StageError> {
        state.asks();
        let answer = registry.latest(&slot.subject);
        self.put_off(slot);
        let registered = answer.map_err(|error| refusal(slot, error))?;
        if state.versions.as_ref().is_some_and(|versions| versions.id() == registered.id) {
            return Ok(false);
        }
        let latest = self.compile(&registered).map_err(invalid)?;
        let versions = Versions::new(latest, state.versions.as_deref());
        slot.change(state, versions);
        (state.refused, state.looked_back) = (None, false);
        Ok(true)
    }

    fn compile(&self, registered: &Registered) -> Result<Written, Failure> {
        let schema = registered.avro()?;
        let number = (registered.id, registered.version);
        Ok(Written::compile(number, schema, self.options.text)?)
    }
}

/// What the registry's refusal means for a message of `slot`.
fn refusal(slot: &Slot, error: RegistryError) -> StageError {
    let failure = Failure::from(error);
    match failure.code {
        Some(NO_SUBJECT | NO_VERSION) => no_schema(slot),
        // A proxy or another server knows nothing of the subject.
        _ if failure.kind == Kind::NotFound => StageError::Transient(failure),
        _ => StageError::classify(failure),
    }
}

fn no_schema(slot: &Slot) -> StageError {
    let Slot { topic, subject, .. } = slot;
    let message = format!(
        "cannot find the schema of the SAL topic `{topic}`: the registry has no subject `{subject}`"
    );
    StageError::poison(Kind::NotFound.as_str(), message)
}

fn invalid(failure: Failure) -> StageError {
    StageError::poison(Kind::Invalid.as_str(), failure.message)
}
