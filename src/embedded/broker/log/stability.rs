//! Which records of a partition are decided: open transactions, and aborted ones.
//!
//! The rules are those of KIP-98: a reader of committed records gets what stands before the first
//! open transaction, with a list of the aborted ones, whose records it leaves out itself.

use std::collections::BTreeMap;

use super::marker::{Marker, Outcome};

/// A transaction whose records do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aborted {
    /// The id of its producer.
    pub producer: i64,
    /// The offset of its first record.
    pub first: i64,
    /// The offset of its end.
    pub last: i64,
}

/// The transactions of one partition.
#[derive(Debug, Default)]
pub struct Stability {
    /// By producer: the offset of the first record.
    open: BTreeMap<i64, i64>,
    /// In the order of their ends.
    aborted: Vec<Aborted>,
}

impl Stability {
    /// Notes a transactional batch of `producer` at `offset`.
    pub fn begin(&mut self, producer: i64, offset: i64) {
        self.open.entry(producer).or_insert(offset);
    }

    /// Notes the end of a transaction at `offset`.
    pub fn end(&mut self, marker: &Marker, offset: i64) {
        let producer = marker.producer.id;
        let Some(first) = self.open.remove(&producer) else {
            return; // it wrote nothing here
        };
        if marker.outcome == Outcome::Abort {
            self.aborted.push(Aborted { producer, first, last: offset });
        }
    }

    /// Where the open transaction of `producer` begins.
    pub fn begun(&self, producer: i64) -> Option<i64> {
        self.open.get(&producer).copied()
    }

    /// The offset before which all is decided, in a log from `start` to `end`.
    pub fn last_stable(&self, start: i64, end: i64) -> i64 {
        self.open.values().min().map_or(end, |first| start.max(*first))
    }

    /// The aborted transactions with records between `from` and the offset before `until`.
    pub fn aborted(&self, from: i64, until: i64) -> Vec<Aborted> {
        let ended = self.aborted.partition_point(|aborted| aborted.last < from);
        let rest = self.aborted.iter().skip(ended);
        rest.filter(|aborted| aborted.first < until).copied().collect()
    }

    /// Forgets what ended before the offset `start`.
    pub fn forget_before(&mut self, start: i64) {
        let gone = self.aborted.partition_point(|aborted| aborted.last < start);
        self.aborted.drain(..gone);
    }
}
