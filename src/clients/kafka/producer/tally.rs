//! What becomes of numbered records: where they went, and which of them did not.

use std::collections::BTreeMap;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::Delivery;

/// Numbers of records that are named where they failed; more are only counted.
const NAMED: usize = 100;

/// What became of the numbered records of one producer.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Where records went, by partition.
    pub partitions: BTreeMap<i32, Span>,
    /// Where each record went, in the order of delivery; only where that is kept.
    pub places: Vec<(u64, Delivery)>,
    /// How many records were not delivered.
    pub failed: u64,
    /// The number of each of the first records that were not delivered, and why.
    pub failures: Vec<(u64, Code)>,
    /// Whether `places` are kept.
    pub(super) keep: bool,
}

/// The records that went to one partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub records: u64,
    /// The lowest offset.
    pub first: i64,
    /// The highest offset.
    pub last: i64,
}

impl Tally {
    /// How many records were delivered.
    pub fn delivered(&self) -> u64 {
        self.partitions.values().map(|span| span.records).sum()
    }

    pub(super) fn delivered_to(&mut self, partition: i32, offset: i64) {
        let fresh = Span { records: 0, first: offset, last: offset };
        let span = self.partitions.entry(partition).or_insert(fresh);
        span.records += 1;
        span.first = span.first.min(offset);
        span.last = span.last.max(offset);
    }

    pub(super) fn failed(&mut self, number: u64, code: Code) {
        self.failed += 1;
        if self.failures.len() < NAMED {
            self.failures.push((number, code));
        }
    }
}
