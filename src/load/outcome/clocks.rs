//! How far the clocks behind the latencies can be trusted.

use serde::{Deserialize, Serialize};

/// By which clocks end-to-end latencies were measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clocks {
    /// Records whose both ends have the clock of one process.
    pub one: u64,
    /// Records that another process stamped.
    pub two: u64,
    /// Records without a stamp of their own, measured from the timestamp that Kafka has.
    pub kafka: u64,
    /// Records that arrived before they were sent, by those clocks; they count as 0.
    pub early: u64,
    /// By how much at most, in microseconds.
    pub early_by: u64,
}

impl Clocks {
    /// The latency between two moments in microseconds since 1970. One that is below nothing is
    /// noted, and counts as nothing.
    pub fn latency(&mut self, sent: i64, received: i64) -> u64 {
        let latency = received.saturating_sub(sent);
        if latency < 0 {
            self.early += 1;
            self.early_by = self.early_by.max(latency.unsigned_abs());
        }
        latency.max(0) as u64
    }

    /// Adds the records of another run.
    pub fn add(&mut self, other: &Clocks) {
        self.one += other.one;
        self.two += other.two;
        self.kafka += other.kafka;
        self.early += other.early;
        self.early_by = self.early_by.max(other.early_by);
    }

    /// What a reader of the latencies must know, a sentence each; nothing where one clock measured
    /// all of them.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.two > 0 {
            words.push(format!(
                "{} with another process's stamp: end_to_end includes its skew",
                records(self.two)
            ));
        }
        if self.kafka > 0 {
            words.push(format!(
                "{} with Kafka's timestamp only: whole ms, and the producer's skew",
                records(self.kafka)
            ));
        }
        if self.early > 0 {
            let by = super::words::duration(self.early_by);
            words.push(format!(
                "{} arrived up to {by} too early: clocks differ that much",
                records(self.early)
            ));
        }
        words
    }
}

fn records(count: u64) -> String {
    format!("{} record{}", super::words::count(count), if count == 1 { "" } else { "s" })
}
