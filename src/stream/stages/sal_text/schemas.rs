//! The schemas of SAL topics, asked for once by all workers of a run, and kept fresh.
//!
//! The first message of a topic waits for its schema. From then on messages never wait: a new
//! version is looked for beside them, one subject at a time, and only for topics with messages.
//! While the registry does not answer, what is known stays in use.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::slot::{Slot, State};
use super::versions::{Versions, Written};
use crate::clients::registry::{Registered, Registry, RegistryError};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::sal::layout::{Layout, PREFIX};
use crate::formats::sal::text::Options;
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

/// What the stage may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct SalTextOptions {
    /// How the text is understood.
    pub text: Options,
    /// The layout of the schemas, which decides on the names of topics and subjects.
    pub layout: Layout,
    /// What the names of output topics start with.
    pub prefix: String,
    /// How often to look for a new version of a schema in use.
    pub refresh: Duration,
}

impl Default for SalTextOptions {
    fn default() -> SalTextOptions {
        SalTextOptions {
            text: Options::default(),
            layout: Layout::Kafkaefd,
            prefix: PREFIX.to_owned(),
            refresh: Duration::from_secs(30),
        }
    }
}

/// The schemas that the stages of a run with the same options share.
pub struct Schemas {
    options: SalTextOptions,
    since: Instant,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
    queue: Mutex<Queue>,
}

/// Topics whose schema may have changed.
#[derive(Default)]
struct Queue {
    slots: VecDeque<Arc<Slot>>,
    served: bool,
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
    pub fn look_again(&self, registry: &Registry, slot: &Slot, written: i64) {
        let mut state = slot.state();
        if !state.knows_of(written) {
            state.pause(PAUSE);
            let _ = self.look(&registry.within(Some(PATIENCE)), slot, &mut state);
        }
    }

    /// Sees to it that a new version of the schema of `slot` is found before long; does not wait.
    #[inline]
    pub fn keep_fresh(
        self: &Arc<Self>,
        context: &Context,
        registry: &Arc<Registry>,
        slot: &Arc<Slot>,
    ) {
        if self.now() >= slot.due.load(Ordering::Relaxed)
            && !slot.queued.swap(true, Ordering::Relaxed)
        {
            self.enqueue(context, registry, slot.clone());
        }
    }

    #[cold]
    fn enqueue(self: &Arc<Self>, context: &Context, registry: &Arc<Registry>, slot: Arc<Slot>) {
        let Ok(runtime) = context.runtime() else { return };
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.slots.push_back(slot);
        if !std::mem::replace(&mut queue.served, true) {
            let (schemas, registry) = (self.clone(), registry.clone());
            runtime.spawn_blocking(move || schemas.serve(&registry));
        }
    }

    /// Looks for new versions until nobody waits for one. A registry that does not answer is left
    /// alone until the next time.
    fn serve(&self, registry: &Registry) {
        let mut answers = true;
        loop {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(slot) = queue.slots.pop_front() else {
                queue.served = false;
                return;
            };
            drop(queue);
            if answers {
                answers = self.look(registry, &slot, &mut slot.state()).is_ok();
            }
            self.put_off(&slot);
            slot.queued.store(false, Ordering::Relaxed);
        }
    }

    /// Looks for a new version. Whatever comes of it, what is known stays usable; the error is that
    /// of a registry that does not answer.
    fn look(&self, registry: &Registry, slot: &Slot, state: &mut State) -> Result<bool, ()> {
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
        state.refused = None;
        Ok(true)
    }

    fn compile(&self, registered: &Registered) -> Result<Written, Failure> {
        let schema = registered.avro()?;
        Ok(Written::compile(registered.id, schema, self.options.text)?)
    }

    fn put_off(&self, slot: &Slot) {
        let pause = self.options.refresh.as_millis() as u64;
        slot.due.store(self.now().saturating_add(pause), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.since.elapsed().as_millis() as u64
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
