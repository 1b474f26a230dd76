//! How much the logs of all partitions may hold.

use std::sync::atomic::{AtomicUsize, Ordering};

use kafka_protocol::ResponseError;

/// The limit where nobody gave one: 1 GiB.
pub const DEFAULT_LIMIT: usize = 1 << 30;

/// What a producer is told when the memory is full. Kafka has no error for it; this one ends the
/// attempt at once in every client, where an error of storage would be tried again for minutes.
pub const FULL: ResponseError = ResponseError::PolicyViolation;

/// The memory that all partitions share.
#[derive(Debug)]
pub struct Memory {
    used: AtomicUsize,
    limit: usize,
}

impl Memory {
    /// Memory for `limit` bytes.
    pub fn new(limit: usize) -> Memory {
        Memory { used: AtomicUsize::new(0), limit }
    }

    /// How many bytes are taken.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// Takes `bytes`, or none if they are too many.
    pub fn take(&self, bytes: usize) -> Result<(), ResponseError> {
        let used = self.used.fetch_add(bytes, Ordering::Relaxed);
        if used.saturating_add(bytes) > self.limit {
            self.free(bytes);
            return Err(FULL);
        }
        Ok(())
    }

    /// Takes `bytes` for what cannot be refused, as the end of a transaction.
    pub fn take_anyway(&self, bytes: usize) {
        self.used.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Gives `bytes` back.
    pub fn free(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Why a batch was refused, for people.
    pub fn explain(&self) -> String {
        format!(
            "the embedded broker may hold {} MiB of records and does: delete topics or records, set \
             retention.ms or retention.bytes, or start it with a higher --max-memory",
            self.limit >> 20
        )
    }
}
