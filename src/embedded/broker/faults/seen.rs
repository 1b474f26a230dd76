//! How many requests came, by API.

use std::sync::atomic::{AtomicU64, Ordering};

use kafka_protocol::messages::ApiKey;

/// More than the highest number of an API in Kafka's protocol guide.
const APIS: usize = 128;

/// Counts requests; a single addition each, so that it need not be switched on.
#[derive(Debug)]
pub struct Seen([AtomicU64; APIS]);

impl Seen {
    /// Nothing yet.
    pub fn new() -> Seen {
        Seen([const { AtomicU64::new(0) }; APIS])
    }

    /// One more request of `api`.
    pub fn note(&self, api: ApiKey) {
        if let Some(count) = self.0.get(api as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many requests of `api` came.
    pub fn count(&self, api: ApiKey) -> u64 {
        self.0.get(api as usize).map_or(0, |count| count.load(Ordering::Relaxed))
    }

    /// Counts from 0 again.
    pub fn forget(&self) {
        for count in &self.0 {
            count.store(0, Ordering::Relaxed);
        }
    }
}
