//! One partition: what is appended to it and read from it.

use std::collections::VecDeque;
use std::sync::Mutex;

use bytes::Bytes;
use kafka_protocol::ResponseError;

use super::lookup::{self, Found, Wanted};
use super::readers::{Reader, Readers};
use super::{Batch, Header};
use crate::embedded::broker::locks::lock;
use crate::embedded::broker::producers::{Sequences, Verdict};

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

/// What a read found.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// Whole batches; the first may begin before the offset asked for.
    pub batches: Vec<Bytes>,
    /// Their size.
    pub size: usize,
    /// The offset that the next record will get.
    pub end: i64,
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
    readers: Readers,
}

impl Partition {
    /// Appends the only batch in `bytes`, unless its idempotent producer sent it before.
    pub fn append(&self, bytes: &[u8], stamp: Stamp) -> Result<Appended, ResponseError> {
        let header = Header::check(bytes)?;
        let time = match stamp {
            Stamp::Create { latest } if header.max_timestamp > latest => {
                return Err(ResponseError::InvalidTimestamp);
            }
            Stamp::Create { .. } => None,
            Stamp::Append(now) => Some(now),
        };
        let mut log = lock(&self.0);
        let base = log.end;
        let start = log.start;
        if let Verdict::Known(base) = log.sequences.admit(&header, base)? {
            return Ok(Appended { base, start });
        }
        let batch = Batch::place(bytes, header, base, time);
        log.end = batch.last() + 1;
        log.batches.push_back(batch);
        log.readers.wake();
        Ok(Appended { base, start })
    }

    /// Batches from `offset` on, at most `limit` bytes of them, or one that is larger if
    /// `at_least_one`. `reader` is woken by the next append.
    pub fn read(
        &self,
        offset: i64,
        limit: usize,
        at_least_one: bool,
        reader: &Reader,
    ) -> Result<Chunk, ResponseError> {
        let mut log = lock(&self.0);
        if offset < log.start || offset > log.end {
            return Err(ResponseError::OffsetOutOfRange);
        }
        let mut chunk = Chunk { start: log.start, end: log.end, ..Chunk::default() };
        let first = log.batches.partition_point(|batch| batch.last() < offset);
        for batch in log.batches.range(first..) {
            let forced = at_least_one && chunk.batches.is_empty();
            if chunk.size + batch.bytes.len() > limit && !forced {
                break;
            }
            chunk.size += batch.bytes.len();
            chunk.batches.push(batch.bytes.clone());
        }
        log.readers.add(reader);
        Ok(chunk)
    }

    /// The first offset, and the one that the next record will get.
    pub fn bounds(&self) -> (i64, i64) {
        let log = lock(&self.0);
        (log.start, log.end)
    }

    /// The record that `wanted` names, if there is one.
    pub fn find(&self, wanted: Wanted) -> Option<Found> {
        let log = lock(&self.0);
        lookup::find(&log.batches, log.start, wanted)
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
        Ok(log.start)
    }

    /// Wakes those who wait, because the topic is gone.
    pub fn close(&self) {
        lock(&self.0).readers.wake();
    }
}
