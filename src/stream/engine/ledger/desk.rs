//! Where the threads of a pipeline share the ledger, and wait for each other's entries.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;

use super::Ledger;
use crate::stream::StreamError;

/// The desk as all threads of a pipeline share it.
pub type Shared = Arc<Desk>;

/// The ledger, and the bells of those who wait.
pub struct Desk {
    ledger: Mutex<Ledger>,
    /// Rings for the reader when there is room again.
    room: Condvar,
    /// Rings for the others when anything was settled.
    settled: Condvar,
}

impl Desk {
    /// A desk with an empty ledger for so many workers.
    pub fn new(workers: usize) -> Shared {
        let ledger = Mutex::new(Ledger::new(workers));
        Arc::new(Desk { ledger, room: Condvar::new(), settled: Condvar::new() })
    }

    /// The ledger, to look something up.
    pub fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an entry that others may be waiting for.
    pub fn enter<T>(&self, entry: impl FnOnce(&mut Ledger) -> T) -> T {
        let mut ledger = self.lock();
        let value = entry(&mut ledger);
        let room = ledger.room_at.is_some_and(|at| ledger.bytes <= at || ledger.trouble());
        let waiting = ledger.waiting > 0;
        drop(ledger);
        if room {
            self.room.notify_all();
        }
        if waiting {
            self.settled.notify_all();
        }
        value
    }

    /// Takes note of why the run cannot go on; the first reason counts.
    pub fn fail(&self, error: StreamError) {
        self.enter(|ledger| {
            ledger.failed.get_or_insert(error);
        });
    }

    /// Waits until no more than `most` bytes are on their way, the run failed, or `limit` is over.
    pub fn wait_for_room(&self, most: isize, limit: Duration) {
        let mut ledger = self.lock();
        ledger.room_at = Some(most);
        let full = |ledger: &mut Ledger| ledger.bytes > most && !ledger.trouble();
        let waited = self.room.wait_timeout_while(ledger, limit, full);
        waited.unwrap_or_else(PoisonError::into_inner).0.room_at = None;
    }

    /// Waits until anything is settled, or `limit` is over.
    pub fn wait_for_report(&self, limit: Duration) {
        let mut ledger = self.lock();
        ledger.waiting += 1;
        let waited = self.settled.wait_timeout(ledger, limit);
        waited.unwrap_or_else(PoisonError::into_inner).0.waiting -= 1;
    }

    /// Waits until what was begun in `which` partitions, or anywhere, is done, or until `limit` is
    /// over; tells which it was.
    pub fn drain(&self, which: Option<&TopicPartitionList>, limit: Duration) -> bool {
        // No deadline where the limit is longer than the clock can count.
        let deadline = Instant::now().checked_add(limit);
        let mut ledger = self.lock();
        ledger.waiting += 1;
        let drained = loop {
            if ledger.drained(which) {
                break true;
            }
            let left = deadline.map_or(limit, |at| at.saturating_duration_since(Instant::now()));
            // After a failed delivery its partition never becomes idle.
            if left.is_zero() || (which.is_some() && ledger.trouble()) {
                break false;
            }
            let turn = left.min(Duration::from_secs(1));
            ledger =
                self.settled.wait_timeout(ledger, turn).unwrap_or_else(PoisonError::into_inner).0;
        };
        ledger.waiting -= 1;
        drained
    }
}
