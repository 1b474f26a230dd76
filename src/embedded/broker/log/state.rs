//! What a partition holds: its batches and what is known of their producers.

use std::collections::VecDeque;
use std::sync::Arc;

use kafka_protocol::ResponseError;

use super::files::Segments;
use super::readers::Readers;
use super::stability::Stability;
use super::{Batch, Chunk, Isolation, Span};
use crate::embedded::broker::disk;
use crate::embedded::broker::memory::Memory;
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::producers::Sequences;

/// The content of a partition, under its lock.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) memory: Arc<Memory>,
    pub(super) size: usize,
    pub(super) batches: VecDeque<Batch>,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) sequences: Sequences,
    pub(super) stability: Stability,
    pub(super) readers: Readers,
    /// Where it is kept over a restart, if it is.
    pub(super) files: Option<Segments>,
}

impl Log {
    /// A log with nothing in it.
    pub(super) fn new(memory: Arc<Memory>) -> Log {
        Log {
            memory,
            size: 0,
            batches: VecDeque::new(),
            start: 0,
            end: 0,
            sequences: Sequences::default(),
            stability: Stability::default(),
            readers: Readers::default(),
            files: None,
        }
    }

    /// Writes `batch`, whose memory was taken, to the files; if that fails, it leaves no trace.
    pub(super) fn keep(&mut self, batch: &Batch) -> Result<(), ResponseError> {
        let Some(files) = &mut self.files else {
            return Ok(());
        };
        files.append(batch.base, &batch.bytes).map_err(|error| {
            self.memory.free(batch.cost());
            disk::failed(&error)
        })
    }

    /// Makes room in the books for `producer`.
    pub(super) fn make_room(&mut self, producer: i64) {
        let open = &self.stability;
        self.sequences.make_room(producer, now_ms(), |id| open.begun(id).is_some());
    }

    /// Makes `start` the first offset.
    pub(super) fn begin_at(&mut self, start: i64) -> Result<(), ResponseError> {
        if let Some(files) = self.files.as_mut().filter(|_| start > self.start) {
            files.begin_at(start).map_err(|error| disk::failed(&error))?;
        }
        self.start = start;
        Ok(())
    }

    /// Takes up a batch that was kept.
    pub(super) fn take_up(&mut self, batch: Batch) {
        self.memory.take_anyway(batch.cost());
        self.push(batch);
    }

    /// The offset of the first batch.
    pub(super) fn first(&self) -> Option<i64> {
        self.batches.front().map(|batch| batch.base)
    }

    pub(super) fn push(&mut self, batch: Batch) {
        self.size += batch.cost();
        self.end = batch.last() + 1;
        self.batches.push_back(batch);
        self.readers.wake();
    }

    /// Forgets the first `count` batches.
    pub(super) fn forget(&mut self, count: usize) {
        let freed = self.batches.drain(..count).map(|batch| batch.cost()).sum();
        self.size -= freed;
        self.memory.free(freed);
        let first = self.batches.front().map_or(self.end, |batch| batch.base);
        self.stability.forget_before(first);
    }

    pub(super) fn stable(&self) -> i64 {
        self.stability.last_stable(self.start, self.end)
    }

    /// The offset before which a reader may see records.
    pub(super) fn until(&self, isolation: Isolation) -> i64 {
        match isolation {
            Isolation::Uncommitted => self.end,
            Isolation::Committed => self.stable(),
        }
    }

    pub(super) fn chunk(&self, span: Span) -> Chunk {
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

impl Drop for Log {
    fn drop(&mut self) {
        self.memory.free(self.size);
    }
}
