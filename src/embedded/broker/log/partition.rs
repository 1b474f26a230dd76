//! One partition: what is appended to it and read from it.

use std::collections::VecDeque;
use std::sync::Mutex;

use kafka_protocol::ResponseError;

use super::lookup::{self, Found, Wanted};
use super::readers::{Reader, Readers};
use super::stability::Stability;
use super::{Batch, Chunk, Header, Isolation, Marker, Span};
use crate::embedded::broker::locks::lock;
use crate::embedded::broker::producers::{Active, Sequences, Verdict};

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
#[derive(Debug, Default)]
pub struct Partition(Mutex<Log>);

#[derive(Debug, Default)]
struct Log {
    batches: VecDeque<Batch>,
    start: i64,
    end: i64,
    sequences: Sequences,
    stability: Stability,
    readers: Readers,
}

impl Partition {
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
        let mut log = lock(&self.0);
        let (base, start) = (log.end, log.start);
        if let Verdict::Known(base) = log.sequences.judge(&header)? {
            return Ok(Appended { base, start });
        }
        let transactional = header.transactional();
        if !transactional && log.stability.begun(header.producer_id).is_some() {
            return Err(ResponseError::InvalidTxnState);
        }
        log.sequences.remember(&header, base);
        if transactional {
            log.stability.begin(header.producer_id, base);
        }
        log.push(Batch::place(bytes, header, base, time));
        Ok(Appended { base, start })
    }

    /// Appends the end of a transaction.
    pub fn end(&self, marker: &Marker) {
        let mut log = lock(&self.0);
        let base = log.end;
        log.sequences.mark(marker.producer, marker.time);
        log.stability.end(marker, base);
        log.push(Batch::place(&marker.batch(), marker.header(), base, None));
    }

    /// The batches of `span`. `reader` is woken by the next append.
    pub fn read(&self, span: Span, reader: &Reader) -> Result<Chunk, ResponseError> {
        let mut log = lock(&self.0);
        if span.from < log.start || span.from > log.end {
            return Err(ResponseError::OffsetOutOfRange);
        }
        let chunk = log.chunk(span);
        log.readers.add(reader);
        Ok(chunk)
    }

    /// The first offset, and the one before which a reader may see records.
    pub fn bounds(&self, isolation: Isolation) -> (i64, i64) {
        let log = lock(&self.0);
        (log.start, log.until(isolation))
    }

    /// The record that `wanted` names, if there is one that may be seen.
    pub fn find(&self, wanted: Wanted, isolation: Isolation) -> Option<Found> {
        let log = lock(&self.0);
        let found = lookup::find(&log.batches, log.start, wanted)?;
        (found.offset < log.until(isolation)).then_some(found)
    }

    /// The producers with an id, each with the offset at which its open transaction begins.
    pub fn producers(&self) -> Vec<(Active, Option<i64>)> {
        let log = lock(&self.0);
        let begun = |active: Active| (active, log.stability.begun(active.identity.id));
        log.sequences.all().map(begun).collect()
    }

    /// Forgets the records before `offset` (-1: all) and returns the new first offset.
    pub fn delete_before(&self, offset: i64) -> Result<i64, ResponseError> {
        let mut log = lock(&self.0);
        let offset = if offset == -1 { log.end } else { offset };
        if offset < 0 || offset > log.end {
            return Err(ResponseError::OffsetOutOfRange);
        }
        log.start = log.start.max(offset);
        let gone = log.batches.partition_point(|batch| batch.last() < offset);
        log.batches.drain(..gone);
        log.stability.forget_before(offset);
        Ok(log.start)
    }

    /// Wakes those who wait, because the topic is gone.
    pub fn close(&self) {
        lock(&self.0).readers.wake();
    }
}

impl Log {
    fn push(&mut self, batch: Batch) {
        self.end = batch.last() + 1;
        self.batches.push_back(batch);
        self.readers.wake();
    }

    fn stable(&self) -> i64 {
        self.stability.last_stable(self.start, self.end)
    }

    /// The offset before which a reader may see records.
    fn until(&self, isolation: Isolation) -> i64 {
        match isolation {
            Isolation::Uncommitted => self.end,
            Isolation::Committed => self.stable(),
        }
    }

    fn chunk(&self, span: Span) -> Chunk {
        let until = self.until(span.isolation);
        let (start, stable, end) = (self.start, self.stable(), self.end);
        let mut chunk = Chunk { start, stable, end, ..Chunk::default() };
        let mut next = span.from;
        let first = self.batches.partition_point(|batch| batch.last() < span.from);
        for batch in self.batches.range(first..).take_while(|batch| batch.base < until) {
            let forced = span.at_least_one && chunk.batches.is_empty();
            if chunk.size + batch.bytes.len() > span.limit && !forced {
                break;
            }
            next = batch.last() + 1;
            chunk.size += batch.bytes.len();
            chunk.batches.push(batch.bytes.clone());
        }
        if span.isolation == Isolation::Committed {
            chunk.aborted = Some(self.stability.aborted(span.from, next));
        }
        chunk
    }
}
