//! When reading pauses: too much in flight, or a record that waits to be tried again.

use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};

use super::guard::Guard;

/// The first pause before a record is tried again; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(100);
/// The longest pause before a record is tried again.
const LONGEST: Duration = Duration::from_secs(10);

/// Decides whether the consumer is paused. A paused consumer is still polled, so that it stays in
/// its group; each pause drops what was prefetched, hence the hysteresis.
pub struct Gate {
    most: usize,
    full: bool,
    retry_at: Option<Instant>,
    /// The assignment that is paused now.
    paused: Option<u64>,
}

impl Gate {
    /// A gate that closes at `most` bytes in flight and opens again at half of them.
    pub fn new(most: usize) -> Gate {
        Gate { most, full: false, retry_at: None, paused: None }
    }

    /// Takes note of the bytes in flight.
    pub fn measure(&mut self, bytes: usize) {
        self.full = if self.full { bytes > self.most / 2 } else { bytes >= self.most };
        if self.retry_at.is_some_and(|at| at <= Instant::now()) {
            self.retry_at = None;
        }
    }

    /// Closes for the pause that follows the failed `attempt` (counted from 1), and returns it.
    pub fn retry_after(&mut self, attempt: u32) -> Duration {
        let pause = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(LONGEST);
        self.retry_at = Some(Instant::now() + pause);
        pause
    }

    /// Whether no record may be worked on.
    pub fn closed(&self) -> bool {
        self.full || self.retry_at.is_some()
    }

    /// Pauses or resumes the consumer where it is not what it should be, also after the assignment
    /// changed (`epoch`).
    pub fn apply(&mut self, consumer: &BaseConsumer<Guard>, epoch: u64) {
        let wanted = self.closed().then_some(epoch);
        if self.paused == wanted {
            return;
        }
        let result = consumer.assignment().and_then(|assigned| match wanted {
            Some(_) => consumer.pause(&assigned),
            None => consumer.resume(&assigned),
        });
        match result {
            Ok(()) => self.paused = wanted,
            Err(error) => tracing::warn!(%error, "cannot pause or resume reading"),
        }
    }
}
