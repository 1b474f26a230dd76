//! Whether the pipelines of a run are ready and alive, as `/readyz` and `/healthz` tell.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::error::Failure;

/// A pipeline that did not go round its loop for this long is stuck.
const STUCK: Duration = Duration::from_secs(60);
/// What a pulse shows that rests.
const RESTING: u64 = u64::MAX;

/// The pipelines of a run.
#[derive(Debug)]
pub struct Health {
    started: Instant,
    pulses: Mutex<Vec<Arc<State>>>,
}

#[derive(Debug)]
struct State {
    /// Of the pipeline, or of a part of it.
    name: String,
    ready: AtomicBool,
    /// Milliseconds from the start of the run to the last beat, or [`RESTING`].
    beat: AtomicU64,
    /// How many milliseconds without a beat mean that it is stuck.
    patience: u64,
}

/// The state of a pipeline or of one of its workers; it counts until it is dropped.
#[derive(Debug)]
pub struct Pulse {
    health: Arc<Health>,
    state: Arc<State>,
}

impl Health {
    /// The health of the run `context`.
    pub fn of(context: &Context) -> Result<Arc<Health>, Failure> {
        context.resource(|| Ok(Health { started: Instant::now(), pulses: Mutex::default() }))
    }

    /// Whether every pipeline reads; a run without pipelines is ready.
    pub fn ready(&self) -> bool {
        self.all(|state| state.ready.load(Ordering::Relaxed))
    }

    /// Whether there are pipelines, and all of them read.
    pub fn reading(&self) -> bool {
        let none = self.pulses.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        !none && self.ready()
    }

    /// The pipelines, and workers of them, that are stuck.
    pub fn stuck(&self) -> Vec<String> {
        let now = self.now();
        let pulses = self.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        let stuck = pulses.iter().filter(|state| state.stuck(now));
        stuck.map(|state| state.name.clone()).collect()
    }

    fn all(&self, is: impl Fn(&State) -> bool) -> bool {
        let pulses = self.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        pulses.iter().all(|state| is(state))
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}

impl State {
    fn stuck(&self, now: u64) -> bool {
        self.quiet(now) >= self.patience
    }

    /// Milliseconds since the last beat; none while it rests.
    fn quiet(&self, now: u64) -> u64 {
        now.saturating_sub(self.beat.load(Ordering::Relaxed))
    }
}

impl Pulse {
    /// Enters the pipeline `name`, which is not ready yet.
    pub fn start(context: &Context, name: &str) -> Result<Pulse, Failure> {
        Pulse::enter(context, name, STUCK, false)
    }

    /// Enters a worker of a pipeline that was entered before; `name` names both. A worker that stays
    /// at one record for longer than `patience` is stuck.
    pub fn of_worker(context: &Context, name: &str, patience: Duration) -> Result<Pulse, Failure> {
        let pulse = Pulse::enter(context, name, patience, true)?;
        pulse.rest();
        Ok(pulse)
    }

    fn enter(
        context: &Context,
        name: &str,
        patience: Duration,
        ready: bool,
    ) -> Result<Pulse, Failure> {
        let health = Health::of(context)?;
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        let (name, ready, beat) = (name.to_owned(), AtomicBool::new(ready), AtomicU64::new(0));
        let state = Arc::new(State { name, ready, beat, patience });
        health.pulses.lock().unwrap_or_else(PoisonError::into_inner).push(state.clone());
        let pulse = Pulse { health, state };
        pulse.beat();
        Ok(pulse)
    }

    /// The pipeline goes round its loop, or the worker starts on a record.
    pub fn beat(&self) {
        self.beat_at(Instant::now());
    }

    /// The same for who has looked at the clock already.
    pub fn beat_at(&self, now: Instant) {
        let since = now.saturating_duration_since(self.health.started);
        self.state.beat.store(since.as_millis() as u64, Ordering::Relaxed);
    }

    /// The worker waits for records, for as long as it likes.
    pub fn rest(&self) {
        self.state.beat.store(RESTING, Ordering::Relaxed);
    }

    /// How long ago the last beat was; nothing while it rests.
    pub fn quiet(&self) -> Duration {
        Duration::from_millis(self.state.quiet(self.health.now()))
    }

    /// Whether the pipeline reads.
    pub fn ready(&self, ready: bool) {
        self.state.ready.store(ready, Ordering::Relaxed);
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        let mut pulses = self.health.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        pulses.retain(|state| !Arc::ptr_eq(state, &self.state));
    }
}
