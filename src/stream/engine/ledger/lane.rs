//! One partition during one assignment, on its way through one worker.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, Ordering};

use super::place::Place;

/// What a lane is: ours, on its way to somebody else, gone.
const OURS: u8 = 0;
const LEAVING: u8 = 1;
const VOID: u8 = 2;

/// A partition from when it came to when it goes. Another assignment of it is another lane: what
/// belongs to this one is void by then.
#[derive(Debug)]
pub struct Lane {
    /// The number of the lane, with which delivery reports find it.
    pub id: u32,
    pub topic: Arc<str>,
    pub partition: i32,
    /// The number of the assignment.
    pub epoch: u64,
    /// The worker that gets all its records, so that their order is kept.
    pub worker: usize,
    /// Set where it goes on with what another lane of the same assignment began.
    pub again: Option<Again>,
    state: AtomicU8,
    /// A worker started on its records.
    begun: AtomicBool,
    /// The offset that was read last; only the reader looks at it.
    read: AtomicI64,
}

/// What a lane goes on with.
#[derive(Debug, Clone, Copy)]
pub struct Again {
    /// The epoch in which the assignment began.
    pub epoch: u64,
    /// What was done after so many commits was taken back.
    pub commits: u64,
}

impl Lane {
    pub fn new(id: u32, place: (Arc<str>, i32), epoch: u64, worker: usize) -> Lane {
        let (topic, partition) = place;
        let (state, read) = (AtomicU8::new(OURS), AtomicI64::new(-1));
        let (again, begun) = (None, AtomicBool::new(false));
        Lane { id, topic, partition, epoch, worker, again, state, begun, read }
    }

    /// The same lane, which goes on with what another began.
    #[must_use]
    pub fn again(self, again: Option<Again>) -> Lane {
        Lane { again, ..self }
    }

    /// A worker started on its records.
    pub fn begin(&self) {
        self.begun.store(true, Ordering::Relaxed);
    }

    /// How a lane goes on that takes the place of this one when, after so many commits, what was
    /// done since is taken back.
    pub fn taken_back(&self, commits: u64) -> Again {
        let earlier = self.again.filter(|_| !self.begun.load(Ordering::Relaxed));
        Again {
            epoch: self.again.map_or(self.epoch, |again| again.epoch),
            commits: earlier.map_or(commits, |again| again.commits),
        }
    }

    /// Whether its records may be begun.
    pub fn is_ours(&self) -> bool {
        self.state.load(Ordering::Acquire) == OURS
    }

    /// Whether nothing of it counts any more, not even what was begun.
    pub fn is_void(&self) -> bool {
        self.state.load(Ordering::Acquire) == VOID
    }

    /// None of its records is to be begun any more; what was begun may be finished.
    pub fn leave(&self) {
        self.state.fetch_max(LEAVING, Ordering::AcqRel);
    }

    /// Nothing of it counts any more.
    pub fn annul(&self) {
        self.state.store(VOID, Ordering::Release);
    }

    /// Takes note that the record at `offset` was read. False where that is not behind what was read
    /// before: the log was cut or made anew.
    pub fn read(&self, offset: i64) -> bool {
        self.read.swap(offset, Ordering::Relaxed) < offset
    }

    /// `topic[partition]@offset`, as messages name an input.
    pub fn at(&self, offset: i64) -> String {
        self.place(offset).to_string()
    }

    /// The place of the record at `offset`.
    pub fn place(&self, offset: i64) -> Place {
        Place { topic: self.topic.clone(), partition: self.partition, offset }
    }
}
