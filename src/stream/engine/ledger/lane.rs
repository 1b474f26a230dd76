//! One partition during one assignment, on its way through one worker.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

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
    state: AtomicU8,
    /// The offset that was read last; only the reader looks at it.
    read: AtomicI64,
}

impl Lane {
    pub fn new(id: u32, place: (Arc<str>, i32), epoch: u64, worker: usize) -> Lane {
        let (topic, partition) = place;
        let (state, read) = (AtomicU8::new(OURS), AtomicI64::new(-1));
        Lane { id, topic, partition, epoch, worker, state, read }
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
        format!("{}[{}]@{offset}", self.topic, self.partition)
    }
}
