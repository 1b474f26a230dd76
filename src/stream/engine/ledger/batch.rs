//! Records on their way from the reader to a worker.

use std::sync::Arc;
use std::time::Instant;

use rdkafka::message::BorrowedMessage;

use super::conviction::Conviction;
use super::lane::Lane;
use crate::clients::kafka::{Block, Record};

/// Records of one lane, in their order.
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
    /// The offsets of records whose outputs the broker refused, and what it said.
    pub convicted: Vec<(i64, Conviction)>,
    /// The name of the topic and the memory of the records are this batch's own: where two threads
    /// count the users of one thing, both wait for memory.
    topic: Arc<str>,
    block: Block,
}

impl Batch {
    pub fn of(lane: Arc<Lane>) -> Batch {
        let topic = Arc::from(&*lane.topic);
        let (records, convicted, block) = (Vec::new(), Vec::new(), Block::default());
        let since = Instant::now();
        Batch { lane, records, bytes: 0, since, attempt: 0, convicted, topic, block }
    }

    /// Adds a copy of `message` at the end.
    pub fn copy(&mut self, message: &BorrowedMessage<'_>) {
        let record = Record::copy(message, self.topic.clone(), &mut self.block);
        self.push(record);
    }

    fn push(&mut self, record: Record) {
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
