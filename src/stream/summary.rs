//! What a pipeline did.

use std::time::Duration;

/// The counts of a pipeline that ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Input records that were read and dealt with.
    pub consumed: u64,
    /// Output records that Kafka acknowledged.
    pub produced: u64,
    /// Input records from which nothing was made: tombstones, and what a stage dropped.
    pub skipped: u64,
    /// Input records that went to the dead letters.
    pub dead_letters: u64,
    /// From the start to the end of the run.
    pub duration: Duration,
}

impl Summary {
    /// The sum of two pipelines that ran side by side.
    #[must_use]
    pub fn plus(self, other: Summary) -> Summary {
        Summary {
            consumed: self.consumed + other.consumed,
            produced: self.produced + other.produced,
            skipped: self.skipped + other.skipped,
            dead_letters: self.dead_letters + other.dead_letters,
            duration: self.duration.max(other.duration),
        }
    }
}
