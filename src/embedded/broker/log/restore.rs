//! A partition as its files tell it, when the broker starts.

use std::sync::Arc;

use super::files::{Place, Recovered};
use super::state::Log;
use super::{Batch, Marker, Partition};
use crate::embedded::broker::memory::Memory;
use crate::embedded::storage::StorageError;

/// A partition that was kept.
#[derive(Debug)]
pub struct Restored {
    /// The partition.
    pub partition: Partition,
    /// The offset that its next record will get.
    pub end: i64,
    /// How many bytes of an unfinished batch at its end were cut off.
    pub cut: u64,
}

impl Partition {
    /// The log that is kept in `place` and begins at `start`. It takes `memory` even where that is
    /// more than there is: what was acknowledged is not refused.
    pub fn restore(
        memory: Arc<Memory>,
        place: Place,
        start: i64,
    ) -> Result<Restored, StorageError> {
        let mut log = Log::new(memory);
        let recovered = Recovered::read(place, start, |batch| log.restore(batch, start))?;
        let Recovered { segments, end, cut } = recovered;
        log.end = end;
        let first = log.first().unwrap_or(end);
        log.start = start.max(first).min(end);
        log.stability.forget_before(first);
        log.files = Some(segments);
        Ok(Restored { partition: Partition::of(log), end, cut })
    }
}

impl Log {
    /// Takes up `batch`, which was appended before the restart. One that stands before `start` still
    /// tells what its producer sent.
    fn restore(&mut self, batch: Batch, start: i64) {
        let Batch { base, header, .. } = batch;
        if header.control() {
            if let Some(marker) = Marker::read(&header, batch.records()) {
                self.sequences.mark(marker.producer, marker.time);
                self.stability.end(&marker, base);
            }
        } else {
            self.sequences.remember(&header, base);
            if header.transactional() {
                self.stability.begin(header.producer_id, base);
            }
        }
        if batch.last() >= start {
            self.take_up(batch);
        }
    }
}
