//! What a run knows of the schema of one SAL topic.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::versions::Versions;
use crate::stream::StageError;

/// The place of one SAL topic in the run's schemas.
pub struct Slot {
    /// The SAL topic.
    pub topic: String,
    /// The registry subject.
    pub subject: String,
    /// The Kafka topic that the records go to.
    pub target: Arc<str>,
    state: Mutex<State>,
    /// How often the versions changed.
    changes: AtomicU64,
    /// When to look for a new version, in milliseconds on the clock of the run's schemas.
    pub due: AtomicU64,
    /// Whether it waits to be looked for.
    pub queued: AtomicBool,
}

/// What the registry said last.
#[derive(Default)]
pub struct State {
    /// What to write with, once that is known.
    pub versions: Option<Arc<Versions>>,
    /// When the registry was asked last: by the clock that runs evenly, and in milliseconds since
    /// 1970.
    asked: Option<(Instant, i64)>,
    /// Why there is nothing to write with.
    pub refused: Option<StageError>,
    /// Whether the version before the latest was asked for.
    pub looked_back: bool,
    /// Whether the latest answer was a trouble that was told.
    pub told: bool,
}

impl State {
    /// The registry is being asked.
    pub fn asks(&mut self) {
        self.asked = Some((Instant::now(), now()));
    }

    /// Whether the registry was asked after a message had been `written`.
    pub fn knows_of(&self, written: i64) -> bool {
        self.asked.is_some_and(|(_, at)| at > written)
    }

    /// Waits until the last question is `pause` ago.
    pub fn pause(&self, pause: Duration) {
        let left = self.asked.and_then(|(at, _)| pause.checked_sub(at.elapsed()));
        thread::sleep(left.unwrap_or_default());
    }
}

/// Now, in milliseconds since 1970 (UTC).
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

impl Slot {
    /// The place of a topic that nobody has asked about.
    pub fn new(topic: &str, target: String, subject: String) -> Slot {
        Slot {
            topic: topic.to_owned(),
            subject,
            target: target.into(),
            state: Mutex::default(),
            changes: AtomicU64::new(0),
            due: AtomicU64::new(0),
            queued: AtomicBool::new(false),
        }
    }

    /// What is known. Whoever asks the registry holds it meanwhile: the others wait for the answer
    /// instead of asking, too.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes `versions` as those to write with from now on.
    pub fn change(&self, state: &mut State, versions: Versions) {
        state.versions = Some(Arc::new(versions));
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// How often the versions changed.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }
}
