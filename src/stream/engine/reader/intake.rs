//! What was read, sorted into batches of one partition each.

use std::collections::VecDeque;

use rdkafka::message::{BorrowedMessage, Message as _};

use super::until::End;
use crate::stream::engine::ledger::batch::Batch;
use crate::stream::engine::ledger::desk::Shared;

/// What was read and is not with a worker yet.
pub struct Intake {
    desk: Shared,
    batches: VecDeque<Batch>,
    /// The bytes read since the last turn.
    bytes: usize,
}

impl Intake {
    pub fn new(desk: Shared) -> Intake {
        Intake { desk, batches: VecDeque::new(), bytes: 0 }
    }

    /// Adds a record, unless its partition is not ours (any more) or it lies behind the `end`.
    /// Returns how many bytes were added since the last turn.
    pub fn take(&mut self, message: &BorrowedMessage<'_>, end: &mut End) -> usize {
        let (topic, partition, offset) = (message.topic(), message.partition(), message.offset());
        let same = self.batches.back().is_some_and(|batch| {
            let lane = &batch.lane;
            lane.partition == partition && *lane.topic == *topic && lane.is_ours()
        });
        if !same {
            let lane = self.desk.lock().read(topic, partition, offset);
            let Some(lane) = lane else { return self.bytes };
            self.batches.push_back(Batch::of(lane));
        }
        let Some(batch) = self.batches.back_mut() else { return self.bytes };
        if !batch.lane.read(offset) {
            tracing::warn!("the offsets of {topic}[{partition}] went back to {offset}");
            self.desk.enter(|ledger| ledger.renew(&batch.lane));
            return self.take(message, end);
        }
        if end.keeps(&batch.lane, offset) {
            let before = batch.bytes;
            batch.copy(message);
            self.bytes += batch.bytes - before;
        }
        self.bytes
    }

    /// The next records of one partition, at most `most` of them.
    pub fn next(&mut self, most: usize) -> Option<Batch> {
        self.bytes = 0;
        while let Some(mut batch) = self.batches.pop_front() {
            if batch.records.is_empty() || !batch.lane.is_ours() {
                continue;
            }
            if batch.records.len() > most {
                let rest = batch.split(most);
                self.batches.push_front(rest);
            }
            return Some(batch);
        }
        None
    }

    /// Forgets all of it: it is read again.
    pub fn clear(&mut self) {
        self.batches.clear();
    }

    /// Whether everything that was read is with the workers.
    pub fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }
}
