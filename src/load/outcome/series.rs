//! What happened second by second of the clock on the wall.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::histogram::{Histogram, Packed};

/// What happened in each second, by the second since 1970 (UTC). Seconds in which nothing happened
/// are left out.
///
/// Only the latencies of one second at a time are counted in full; those of others are packed, so
/// that a night takes megabytes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(into = "BTreeMap<i64, Second>", from = "BTreeMap<i64, Second>")]
pub struct Series {
    seconds: BTreeMap<i64, Second>,
    /// The second whose latencies are being counted.
    open: Option<(i64, Histogram)>,
}

/// What happened in one second.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Second {
    /// Records handed to the Kafka client.
    pub sent: u64,
    /// Records that were read.
    pub received: u64,
    /// Bytes that were sent.
    pub bytes_sent: u64,
    /// Bytes that were read.
    pub bytes_received: u64,
    /// How many records the reader was behind, where that was asked.
    pub lag: Option<u64>,
    /// End-to-end latencies of the records that were read, in microseconds.
    pub end_to_end: Packed,
}

impl Series {
    /// Counts a record of `bytes` that was handed to the Kafka client in `second`.
    pub fn sent(&mut self, second: i64, bytes: u64) {
        let entry = self.seconds.entry(second).or_default();
        entry.sent += 1;
        entry.bytes_sent += bytes;
    }

    /// Counts a record of `bytes` that was read in `second`, with its latency in microseconds where
    /// that is known.
    pub fn received(&mut self, second: i64, bytes: u64, latency: Option<u64>) {
        let entry = self.seconds.entry(second).or_default();
        entry.received += 1;
        entry.bytes_received += bytes;
        if let Some(latency) = latency {
            if self.open.as_ref().is_none_or(|(open, _)| *open != second) {
                self.close();
            }
            let (_, open) = self.open.get_or_insert_with(|| (second, Histogram::default()));
            open.record_micros(latency);
        }
    }

    /// Notes how many records the reader was behind in `second`.
    pub fn lag(&mut self, second: i64, lag: u64) {
        self.seconds.entry(second).or_default().lag = Some(lag);
    }

    /// All seconds in order, with their latencies.
    pub fn seconds(&mut self) -> &BTreeMap<i64, Second> {
        self.close();
        &self.seconds
    }

    /// Adds what happened elsewhere, second by second.
    pub fn add(&mut self, other: Series) {
        self.close();
        for (second, more) in BTreeMap::from(other) {
            let entry = self.seconds.entry(second).or_default();
            entry.sent += more.sent;
            entry.received += more.received;
            entry.bytes_sent += more.bytes_sent;
            entry.bytes_received += more.bytes_received;
            entry.lag = match (entry.lag, more.lag) {
                (Some(one), Some(other)) => Some(one + other),
                (one, other) => one.or(other),
            };
            entry.end_to_end = sum(&entry.end_to_end, more.end_to_end);
        }
    }

    /// Packs the latencies of the second that is being counted.
    fn close(&mut self) {
        if let Some((second, counted)) = self.open.take() {
            let entry = self.seconds.entry(second).or_default();
            entry.end_to_end = sum(&entry.end_to_end, counted.pack());
        }
    }
}

/// One histogram of two packed ones.
fn sum(one: &Packed, other: Packed) -> Packed {
    if one.count == 0 {
        return other;
    }
    // What cannot be unpacked was refused when it was read, so that nothing is left out here.
    let unpacked = |packed: Packed| Histogram::try_from(packed).unwrap_or_default();
    let mut sum = unpacked(one.clone());
    sum.add(&unpacked(other));
    sum.pack()
}

impl PartialEq for Series {
    fn eq(&self, other: &Series) -> bool {
        BTreeMap::from(self.clone()) == BTreeMap::from(other.clone())
    }
}

impl From<Series> for BTreeMap<i64, Second> {
    fn from(mut series: Series) -> Self {
        series.close();
        series.seconds
    }
}

impl From<BTreeMap<i64, Second>> for Series {
    fn from(seconds: BTreeMap<i64, Second>) -> Self {
        Series { seconds, open: None }
    }
}
