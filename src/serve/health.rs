//! Whether the pipelines of a run are ready and alive, as `/readyz` and `/healthz` tell.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::error::Failure;

/// A pipeline that did not go round its loop for this long is stuck.
const STUCK: Duration = Duration::from_secs(60);

/// The pipelines of a run.
#[derive(Debug)]
pub struct Health {
    started: Instant,
    pulses: Mutex<Vec<Arc<State>>>,
}

#[derive(Debug, Default)]
struct State {
    ready: AtomicBool,
    /// Milliseconds from the start of the run to the last beat.
    beat: AtomicU64,
}

/// One pipeline's own state; it counts until it is dropped.
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

    /// Whether every pipeline went round its loop lately.
    pub fn alive(&self) -> bool {
        let now = self.now();
        let most = STUCK.as_millis() as u64;
        self.all(|state| now.saturating_sub(state.beat.load(Ordering::Relaxed)) < most)
    }

    fn all(&self, is: impl Fn(&State) -> bool) -> bool {
        let pulses = self.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        pulses.iter().all(|state| is(state))
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}

impl Pulse {
    /// Enters a pipeline that is not ready yet.
    pub fn start(context: &Context) -> Result<Pulse, Failure> {
        let health = Health::of(context)?;
        let state = Arc::new(State::default());
        health.pulses.lock().unwrap_or_else(PoisonError::into_inner).push(state.clone());
        let pulse = Pulse { health, state };
        pulse.beat();
        Ok(pulse)
    }

    /// The pipeline goes round its loop.
    pub fn beat(&self) {
        self.state.beat.store(self.health.now(), Ordering::Relaxed);
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
