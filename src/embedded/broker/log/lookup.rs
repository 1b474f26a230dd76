//! Finding a record by its timestamp.

use std::collections::VecDeque;

use super::Batch;
use super::walk;

/// The record a lookup wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The first one at this time or later, milliseconds since 1970 UTC.
    From(i64),
    /// The first one of those with the highest timestamp (KIP-734).
    Newest,
}

/// A record that a lookup found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its offset.
    pub offset: i64,
    /// Its timestamp, milliseconds since 1970 UTC.
    pub timestamp: i64,
}

/// The record `wanted` among those of `batches` from offset `start` on.
pub fn find(batches: &VecDeque<Batch>, start: i64, wanted: Wanted) -> Option<Found> {
    match wanted {
        Wanted::From(time) => batches
            .iter()
            .filter(|batch| batch.header.max_timestamp >= time)
            .find_map(|batch| within(batch, start, time)),
        Wanted::Newest => {
            let highest = batches.iter().map(|batch| batch.header.max_timestamp).max()?;
            let batch = batches.iter().find(|batch| batch.header.max_timestamp == highest)?;
            within(batch, start, highest)
        }
    }
}

/// The first record of `batch` from offset `start` on with a timestamp of `time` or later.
///
/// The records of a compressed batch stay closed: its first one stands for all, so that a consumer
/// that starts there misses nothing.
fn within(batch: &Batch, start: i64, time: i64) -> Option<Found> {
    let header = &batch.header;
    if header.append_time() {
        return Some(Found { offset: batch.base.max(start), timestamp: header.max_timestamp });
    }
    if header.compressed() {
        let timestamp = header.base_timestamp.max(time).min(header.max_timestamp);
        return Some(Found { offset: batch.base.max(start), timestamp });
    }
    walk::records(batch.records())
        .filter_map(|record| {
            // What the producer wrote may lie outside of all offsets and times.
            let offset = batch.base.checked_add(record.offset_delta)?;
            let timestamp = header.base_timestamp.checked_add(record.timestamp_delta)?;
            Some(Found { offset, timestamp })
        })
        .find(|found| found.offset >= start && found.timestamp >= time)
}
