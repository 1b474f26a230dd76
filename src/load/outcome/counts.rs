//! What a run counted.

use serde::{Deserialize, Serialize};

/// What a run counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Records handed to the Kafka client.
    pub sent: u64,
    /// Records that Kafka confirmed.
    pub acknowledged: u64,
    /// Records that could not be delivered.
    pub failed: u64,
    /// Records that were read, each time they were.
    pub received: u64,
    /// Records that were not read though later ones were, or though nothing more came.
    pub lost: u64,
    /// Records that were read again.
    pub duplicates: u64,
    /// Records that were read after a later one of the same producer and partition.
    pub reordered: u64,
    /// Confirmed records behind the last one that was read: the reader ended before them.
    pub unread: u64,
    /// Bytes of keys, values and headers that were sent.
    pub bytes_sent: u64,
    /// Bytes of keys, values and headers that were read.
    pub bytes_received: u64,
}

/// The names of all counts, as thresholds and scripts write them.
pub const NAMES: [&str; 10] = [
    "sent",
    "acknowledged",
    "failed",
    "received",
    "lost",
    "duplicates",
    "reordered",
    "unread",
    "bytes_sent",
    "bytes_received",
];

impl Counts {
    /// The count called `name` (see [`NAMES`]); none for another name.
    pub fn get(&self, name: &str) -> Option<u64> {
        Some(match name {
            "sent" => self.sent,
            "acknowledged" => self.acknowledged,
            "failed" => self.failed,
            "received" => self.received,
            "lost" => self.lost,
            "duplicates" => self.duplicates,
            "reordered" => self.reordered,
            "unread" => self.unread,
            "bytes_sent" => self.bytes_sent,
            "bytes_received" => self.bytes_received,
            _ => return None,
        })
    }

    /// Adds what was counted one by one. What follows from sequence numbers (`lost`, `duplicates`,
    /// `reordered`, `unread`) is left to those.
    pub fn add(&mut self, other: &Counts) {
        self.sent += other.sent;
        self.acknowledged += other.acknowledged;
        self.failed += other.failed;
        self.received += other.received;
        self.bytes_sent += other.bytes_sent;
        self.bytes_received += other.bytes_received;
    }
}
