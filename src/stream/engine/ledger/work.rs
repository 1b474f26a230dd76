//! What workers do: inputs are queued, begun and finished, or held until they are tried again.

use std::sync::Arc;

use super::Ledger;
use super::batch::Batch;
use super::lane::Lane;
use crate::clients::kafka::Record;

/// What was made of one input, and sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outputs {
    /// How many records; a dead letter is one, too.
    pub records: i32,
    /// Their bytes.
    pub bytes: usize,
}

/// Inputs of one lane that follow each other, and what was made of each.
#[derive(Debug, Default)]
pub struct Finished {
    /// The number of the first input.
    pub first: u64,
    /// The first input's outputs, and those of the inputs behind it.
    pub outputs: Vec<Outputs>,
}

impl Finished {
    /// The number of the input behind the last.
    pub fn next(&self) -> u64 {
        self.first + self.outputs.len() as u64
    }

    /// How many inputs were finished without any output.
    pub fn skipped(&self) -> usize {
        self.outputs.iter().filter(|outputs| outputs.records == 0).count()
    }

    /// Goes on behind the last input.
    pub fn restart(&mut self) {
        self.first = self.next();
        self.outputs.clear();
    }
}

impl Ledger {
    /// The record at `offset` was read, the first of a batch; returns the lane it goes to.
    pub fn read(&mut self, topic: &str, partition: i32, offset: i64) -> Option<Arc<Lane>> {
        let entry = self.entry_mut(topic, partition)?;
        entry.tracker.read(offset);
        Some(entry.lane.clone())
    }

    /// A batch goes to its worker; false where its lane is no longer ours.
    pub fn queue(&mut self, batch: &Batch) -> bool {
        let Some(entry) = self.entries.get_mut(&batch.lane.id) else { return false };
        entry.bytes += batch.bytes as isize;
        entry.queued += batch.records.len();
        self.bytes += batch.bytes as isize;
        self.queued += batch.records.len();
        true
    }

    /// A worker takes up a batch, which begins its inputs; returns the number of the first, or none
    /// where their lane is no longer ours. [`Ledger::lay_down`] must follow.
    pub fn take_up(&mut self, batch: &mut Batch) -> Option<u64> {
        if !batch.lane.is_ours() {
            return None;
        }
        batch.lane.begin();
        batch.convicted = self.undelivered.against(batch);
        let tracker = &mut self.entries.get_mut(&batch.lane.id)?.tracker;
        let mut begin =
            |record: &Record| tracker.begin(record.offset(), record.size(), batch.since);
        let first = batch.records.iter().map(&mut begin).min()?;
        self.busy += 1;
        Some(first)
    }

    /// A worker finished inputs.
    pub fn finish(&mut self, lane: &Lane, finished: &Finished) {
        let count = finished.outputs.len();
        self.counts.consumed += count as u64;
        self.counts.skipped += finished.skipped() as u64;
        let sent = finished.outputs.iter().map(|outputs| outputs.records as isize);
        self.unreported += sent.sum::<isize>();
        let Some(entry) = self.entries.get_mut(&lane.id) else { return };
        let mut free = 0;
        for (number, outputs) in (finished.first..).zip(&finished.outputs) {
            free += entry.tracker.finish(number, outputs.records, outputs.bytes);
        }
        entry.bytes -= free;
        entry.queued = entry.queued.saturating_sub(count);
        self.bytes -= free;
        self.queued = self.queued.saturating_sub(count);
    }

    /// A worker lays its batch down. The inputs from `number` on count as not begun. Of the one
    /// before them `sent` records were sent and will be reported, although it is not finished.
    pub fn lay_down(&mut self, lane: &Lane, number: u64, sent: i32) {
        self.busy -= 1;
        self.unreported += sent as isize;
        if let Some(entry) = self.entries.get_mut(&lane.id) {
            entry.tracker.cut(number);
        }
    }

    /// The first input of the lane's queue waits to be tried again, or does so no longer.
    pub fn hold(&mut self, lane: &Lane, held: bool) {
        if let Some(entry) = self.entries.get_mut(&lane.id)
            && entry.held != held
        {
            entry.held = held;
            self.holds += 1;
        }
    }

    /// The lanes in which an input waits to be tried again.
    pub fn held(&self) -> impl Iterator<Item = &Arc<Lane>> {
        self.entries.values().filter(|entry| entry.held).map(|entry| &entry.lane)
    }

    /// The bytes in those lanes.
    pub fn held_bytes(&self) -> isize {
        self.entries.values().filter(|entry| entry.held).map(|entry| entry.bytes).sum()
    }
}
