//! A worker: takes the records of its partitions in their order, and tries again what may pass.

pub mod chain;
pub mod dead_letter;
mod input;
mod process;
mod send;
pub mod storm;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use self::chain::Chain;
use super::common::Common;
use super::ledger::batch::Batch;
use super::ledger::lane::Lane;
use super::ledger::{Finished, Outputs};
use crate::error::{Explain, Kind};
use crate::serve::health::Pulse;
use crate::stream::pipeline::panicked;

/// The first pause before a record is tried again; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(100);
/// The longest pause before a record is tried again.
const LONGEST: Duration = Duration::from_secs(10);

/// One of the threads that run the stages.
pub struct Worker<'run, 'env> {
    pub common: &'run Common,
    pub chain: Chain<'env>,
    pub pulse: Arc<Pulse>,
    /// What was finished and is not entered yet.
    pub finished: Finished,
    /// What was made of the input that is worked on, and sent so far.
    pub outputs: Outputs,
    /// Records that passed and are not counted yet.
    pub good: usize,
    /// How long the stages took for how many records that are not counted yet.
    pub transformed: (Duration, u64),
    /// The topic that something was sent to last.
    pub admitted: Option<Arc<str>>,
    /// When something was entered last.
    pub entered: Instant,
    inbox: Receiver<Batch>,
    held: Vec<Held>,
}

/// A lane whose first record waits to be tried again, and what arrived behind it.
struct Held {
    lane: Arc<Lane>,
    until: Instant,
    queue: VecDeque<Batch>,
}

impl<'run, 'env> Worker<'run, 'env> {
    pub fn new(
        common: &'run Common,
        chain: Chain<'env>,
        pulse: Arc<Pulse>,
        inbox: Receiver<Batch>,
    ) -> Worker<'run, 'env> {
        Worker {
            common,
            chain,
            pulse,
            finished: Finished::default(),
            outputs: Outputs::default(),
            good: 0,
            transformed: (Duration::ZERO, 0),
            admitted: None,
            entered: Instant::now(),
            inbox,
            held: Vec::new(),
        }
    }

    /// Works until the reader is gone or the pipeline ends; why it cannot go on is entered.
    pub fn run(mut self) {
        let alarm = Alarm(self.common);
        while let Some(batch) = self.next() {
            match self.work(batch) {
                Ok(()) => {}
                Err(error) if error.kind() == Kind::Cancelled && self.halted() => break,
                Err(error) => {
                    self.common.desk.fail(error);
                    break;
                }
            }
        }
        drop(alarm);
    }

    /// Whether no record is to be started on.
    pub fn halted(&self) -> bool {
        self.common.halt.is_cancelled()
    }

    /// Puts records back whose first one cannot be processed for now; returns the pause until that
    /// is tried again. Meanwhile other partitions go on.
    pub fn hold(&mut self, batch: Batch) -> Duration {
        let doubled = 1 << batch.attempt.saturating_sub(1).min(10);
        let pause = FIRST.saturating_mul(doubled).min(LONGEST);
        let until = Instant::now() + pause;
        let held = self.held.iter_mut().find(|held| Arc::ptr_eq(&held.lane, &batch.lane));
        if let Some(held) = held {
            held.until = until;
            held.queue.push_front(batch);
        } else {
            let lane = batch.lane.clone();
            self.common.desk.enter(|ledger| ledger.hold(&lane, true));
            self.held.push(Held { lane, until, queue: VecDeque::from([batch]) });
        }
        pause
    }

    /// The next records whose time has come; none when there will be no more.
    fn next(&mut self) -> Option<Batch> {
        loop {
            self.pulse.rest();
            if self.halted() {
                return None;
            }
            if let Some(batch) = self.due() {
                return Some(batch);
            }
            let batch = match self.held.iter().map(|held| held.until).min() {
                None => self.inbox.recv().ok()?,
                Some(until) => {
                    let pause = until.saturating_duration_since(Instant::now());
                    match self.inbox.recv_timeout(pause) {
                        Ok(batch) => batch,
                        Err(RecvTimeoutError::Timeout) => continue,
                        Err(RecvTimeoutError::Disconnected) => return None,
                    }
                }
            };
            match self.held.iter_mut().find(|held| Arc::ptr_eq(&held.lane, &batch.lane)) {
                Some(held) => held.queue.push_back(batch),
                None => return Some(batch),
            }
        }
    }

    /// The next records of a lane whose pause is over; a lane without any goes on as usual.
    fn due(&mut self) -> Option<Batch> {
        if self.held.is_empty() {
            return None;
        }
        let now = Instant::now();
        self.held.retain(|held| held.lane.is_ours());
        while let Some(at) = self.held.iter().position(|held| held.until <= now) {
            if let Some(batch) = self.held.get_mut(at).and_then(|held| held.queue.pop_front()) {
                return Some(batch);
            }
            let free = self.held.swap_remove(at);
            self.common.desk.enter(|ledger| ledger.hold(&free.lane, false));
        }
        None
    }
}

/// Ends the run when the worker panics.
struct Alarm<'run>(&'run Common);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.desk.enter(|ledger| ledger.busy = ledger.busy.saturating_sub(1));
            self.0.desk.fail(panicked());
        }
    }
}
