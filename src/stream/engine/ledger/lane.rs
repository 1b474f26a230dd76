//! One partition during one assignment, on its way through one worker.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::time::Instant;

use crate::clients::kafka::Record;

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

    /// Whether none of its records is to be started on.
    pub fn gone(&self) -> bool {
        self.state.load(Ordering::Acquire) != OURS
    }

    /// Whether nothing of it counts any more.
    pub fn void(&self) -> bool {
        self.state.load(Ordering::Acquire) == VOID
    }

    /// None of its records is to be started on.
    pub fn leave(&self) {
        self.state.fetch_max(LEAVING, Ordering::AcqRel);
    }

    /// Nothing of it counts any more.
    pub fn end(&self) {
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

/// Records of one lane, in their order, as they go from the reader to a worker.
#[derive(Debug)]
pub struct Batch {
    pub lane: Arc<Lane>,
    pub records: Vec<Record>,
    /// The bytes of all records.
    pub bytes: usize,
    /// When the first was read.
    pub since: Instant,
    /// How often the first was tried.
    pub attempt: u32,
}

impl Batch {
    pub fn of(lane: Arc<Lane>) -> Batch {
        Batch { lane, records: Vec::new(), bytes: 0, since: Instant::now(), attempt: 0 }
    }

    /// Adds a record at the end.
    pub fn push(&mut self, record: Record) {
        self.bytes += record.size();
        self.records.push(record);
    }

    /// Keeps the first `count` records and returns the others.
    pub fn split(&mut self, count: usize) -> Batch {
        let mut rest = Batch::of(self.lane.clone());
        rest.since = self.since;
        self.records.drain(count..).for_each(|record| rest.push(record));
        self.bytes -= rest.bytes;
        rest
    }

    /// Drops the first `count` records, which were dealt with.
    pub fn pass(&mut self, count: usize) {
        if count > 0 {
            self.attempt = 0;
        }
        self.bytes -= self.records.drain(..count).map(|record| record.size()).sum::<usize>();
    }
}
