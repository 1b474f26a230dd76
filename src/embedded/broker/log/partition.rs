//! One partition: what is appended to it and read from it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use kafka_protocol::ResponseError;

use super::files::{Place, Segments};
use super::lookup::{self, Found, Wanted};
use super::readers::Reader;
use super::state::Log;
use super::{Batch, Chunk, Header, Isolation, Marker, Retention, Span};
use crate::embedded::broker::locks::lock;
use crate::embedded::broker::memory::Memory;
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::producers::{Active, Verdict};

/// Whose timestamp records get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// The producer's, if it is not after `latest`, milliseconds since 1970 UTC.
    Create {
        /// The highest timestamp that is let in.
        latest: i64,
    },
    /// The broker's, milliseconds since 1970 UTC.
    Append(i64),
}

/// Where a batch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The offset of its first record.
    pub base: i64,
    /// The first offset of the log.
    pub start: i64,
}

/// The log of one partition.
#[derive(Debug)]
pub struct Partition {
    log: Mutex<Log>,
    /// When it was last looked through for what is too old, milliseconds since 1970 UTC.
    checked: AtomicI64,
}

impl Partition {
    /// An empty log that takes what it holds from `memory`, and is kept in `place` too.
    pub fn new(memory: Arc<Memory>, place: Option<Place>) -> Partition {
        let mut log = Log::new(memory);
        log.files = place.map(Segments::new);
        Partition::of(log)
    }

    pub(super) fn of(log: Log) -> Partition {
        Partition { log: Mutex::new(log), checked: AtomicI64::new(now_ms()) }
    }

    /// Appends the only batch in `bytes`, whose checked header is `header`, unless its producer sent
    /// it before. That a transactional batch belongs to an open transaction, the caller knows.
    pub fn append(
        &self,
        bytes: &[u8],
        header: Header,
        stamp: Stamp,
    ) -> Result<Appended, ResponseError> {
        let time = match stamp {
            Stamp::Create { latest } if header.max_timestamp > latest => {
                return Err(ResponseError::InvalidTimestamp);
            }
            Stamp::Create { .. } => None,
            Stamp::Append(now) => Some(now),
        };
        let mut log = lock(&self.log);
        let (base, start) = (log.end, log.start);
        if let Verdict::Known(base) = log.sequences.judge(&header)? {
            return Ok(Appended { base, start });
        }
        let transactional = header.transactional();
        if !transactional && log.stability.begun(header.producer_id).is_some() {
            return Err(ResponseError::InvalidTxnState);
        }
        let batch = Batch::place(bytes, header, base, time);
        log.memory.take(batch.cost())?;
        log.keep(&batch)?;
        log.make_room(header.producer_id);
        log.sequences.remember(&header, base);
        if transactional {
            log.stability.begin(header.producer_id, base);
        }
        log.push(batch);
        Ok(Appended { base, start })
    }

    /// Appends the end of a transaction.
    pub fn end(&self, marker: &Marker) -> Result<(), ResponseError> {
        let mut log = lock(&self.log);
        let base = log.end;
        let batch = Batch::place(&marker.batch(), marker.header(), base, None);
        log.memory.take_anyway(batch.cost());
        log.keep(&batch)?;
        log.sequences.mark(marker.producer, marker.time);
        log.stability.end(marker, base);
        log.push(batch);
        Ok(())
    }

    /// The batches of `span`. `reader` is woken by the next append.
    pub fn read(&self, span: Span, reader: &Reader) -> Result<Chunk, ResponseError> {
        let mut log = lock(&self.log);
        if span.from < log.start || span.from > log.end {
            return Err(ResponseError::OffsetOutOfRange);
        }
        let chunk = log.chunk(span);
        log.readers.add(reader);
        Ok(chunk)
    }

    /// The first offset, and the one before which a reader may see records.
    pub fn bounds(&self, isolation: Isolation) -> (i64, i64) {
        let log = lock(&self.log);
        (log.start, log.until(isolation))
    }

    /// The record that `wanted` names, if there is one that may be seen.
    pub fn find(&self, wanted: Wanted, isolation: Isolation) -> Option<Found> {
        let log = lock(&self.log);
        let found = lookup::find(&log.batches, log.start, wanted)?;
        (found.offset < log.until(isolation)).then_some(found)
    }

    /// The producers with an id, each with the offset at which its open transaction begins.
    pub fn producers(&self) -> Vec<(Active, Option<i64>)> {
        let log = lock(&self.log);
        let begun = |active: Active| (active, log.stability.begun(active.identity.id));
        log.sequences.all().map(begun).collect()
    }

    /// Whether the end of a transaction of `producer` is still to come.
    pub fn awaits(&self, producer: i64) -> bool {
        lock(&self.log).stability.begun(producer).is_some()
    }

    /// Forgets the records before `offset` (-1: all) and returns the new first offset.
    pub fn delete_before(&self, offset: i64) -> Result<i64, ResponseError> {
        let mut log = lock(&self.log);
        let offset = if offset == -1 { log.end } else { offset };
        if offset < 0 || offset > log.end {
            return Err(ResponseError::OffsetOutOfRange);
        }
        let start = log.start.max(offset);
        log.begin_at(start)?;
        let gone = log.batches.partition_point(|batch| batch.last() < offset);
        log.forget(gone);
        Ok(log.start)
    }

    /// Whether the last look through the log was `every_ms` or longer before `now`.
    pub fn due(&self, now: i64, every_ms: i64) -> bool {
        now.saturating_sub(self.checked.load(Ordering::Relaxed)) >= every_ms
    }

    /// Forgets the first batches as long as they are not to be kept at `now`.
    pub fn retain(&self, keep: Retention, now: i64) {
        self.checked.store(now, Ordering::Relaxed);
        let mut log = lock(&self.log);
        let mut size = log.size;
        let gone = log.batches.iter().take_while(|batch| {
            size -= batch.cost();
            keep.is_over(batch.header.max_timestamp, size, now)
        });
        let gone = gone.count();
        let first = log.batches.get(gone).map_or(log.end, |batch| batch.base);
        let start = log.start.max(first);
        // What cannot be forgotten stays till the next look.
        if log.begin_at(start).is_ok() {
            log.forget(gone);
        }
    }

    /// Wakes those who wait, because the topic is gone; from now on nothing is kept.
    pub fn close(&self) {
        let mut log = lock(&self.log);
        log.files = None;
        log.readers.wake();
    }
}
