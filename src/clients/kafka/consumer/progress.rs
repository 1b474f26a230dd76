//! How far a consumer has come, and whether it is done.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use rdkafka::message::{BorrowedMessage, Message as _};

use super::start::{End, Ends, now};
use crate::clients::kafka::{Block, Record};

/// How far one consumer has come.
pub struct Progress {
    /// The record that was handed out last, until the script moves on from it.
    pub last: Option<Record>,
    /// How many records were handed out.
    pub count: u64,
    /// Whether iteration has ended.
    pub finished: bool,
    /// Whether partitions were assigned at least once.
    pub assigned: bool,
    /// Records that came while the positions were awaited; they are handed out first.
    pub early: VecDeque<Record>,
    /// How often partitions of a number were said to have no more records.
    pub caught_up: HashMap<i32, usize>,
    ends: Option<Ends>,
    ends_seen: HashMap<i32, usize>,
    until: Option<i64>,
    /// The partitions of which a record before the current place was left for later.
    skipped: HashSet<(Arc<str>, i32)>,
    topic: Arc<str>,
}

impl Progress {
    /// The start of a consumer that ends at `ends`, or when the clock says `until`, or never.
    pub fn new(ends: Option<Ends>, until: Option<i64>) -> Progress {
        Progress {
            last: None,
            count: 0,
            finished: false,
            assigned: false,
            early: VecDeque::new(),
            caught_up: HashMap::new(),
            ends,
            ends_seen: HashMap::new(),
            until,
            skipped: HashSet::new(),
            topic: "".into(),
        }
    }

    /// Whether every partition has come to its end.
    pub fn complete(&self) -> bool {
        self.ends.as_ref().is_some_and(HashMap::is_empty)
            || self.until.is_some_and(|until| now() >= until)
    }

    /// Whether every partition among `assigned` has come to its end.
    pub fn complete_for(&self, assigned: &[(Arc<str>, i32)]) -> bool {
        let done = |ends: &Ends| assigned.iter().all(|partition| !ends.contains_key(partition));
        !assigned.is_empty() && self.ends.as_ref().is_some_and(done)
    }

    /// The record of `message`, unless it lies behind the end of its partition.
    pub fn take(&mut self, message: &BorrowedMessage<'_>) -> Option<Record> {
        let record = self.record(message);
        if let Some(ends) = &mut self.ends {
            let partition = (record.topic().clone(), record.partition());
            let Some(End { offset: end, .. }) = ends.get(&partition).copied() else {
                // Written meanwhile: this partition will come to its end once more.
                let seen = self.ends_seen.entry(record.partition()).or_default();
                *seen = seen.saturating_sub(1);
                return None;
            };
            if record.offset() + 1 >= end {
                ends.remove(&partition);
            }
            if record.offset() >= end {
                return None;
            }
        }
        if let (Some(until), Some(time)) = (self.until, record.timestamp())
            && time >= until
        {
            self.skipped.insert((record.topic().clone(), record.partition()));
            return None;
        }
        self.count += 1;
        self.last = Some(record.clone());
        Some(record)
    }

    /// Whether the group may go on behind `record`. Times need not rise with offsets: behind a record
    /// that was left for later nothing may be committed, or the group would never read it.
    pub fn commits(&self, record: &Record) -> bool {
        self.skipped.is_empty()
            || !self.skipped.contains(&(record.topic().clone(), record.partition()))
    }

    /// The broker has no more records in a partition numbered `partition`; librdkafka does not say
    /// of which topic. Once all `assigned` partitions of that number have come to their end, what
    /// is left of their logs is not records but marks of transactions.
    pub fn end_of(&mut self, partition: i32, assigned: usize) {
        let Some(ends) = &mut self.ends else { return };
        let seen = self.ends_seen.entry(partition).or_default();
        *seen += 1;
        if *seen >= assigned {
            ends.retain(|(_, number), end| *number != partition || end.ahead);
        }
    }

    fn record(&mut self, message: &BorrowedMessage<'_>) -> Record {
        if *self.topic != *message.topic() {
            self.topic = message.topic().into();
        }
        Record::copy(message, self.topic.clone(), &mut Block::default())
    }
}
