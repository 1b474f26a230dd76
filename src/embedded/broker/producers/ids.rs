//! Ids for producers.

use std::sync::atomic::{AtomicI64, Ordering};

/// Gives each producer its id.
#[derive(Debug)]
pub struct ProducerIds(AtomicI64);

impl Default for ProducerIds {
    fn default() -> Self {
        ProducerIds(AtomicI64::new(1000))
    }
}

impl ProducerIds {
    /// An id that no producer has.
    pub fn next(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}
