//! Fetches that wait for a partition to grow.

use std::sync::{Arc, Weak};

use tokio::sync::Notify;

/// One waiting fetch, whatever number of partitions it waits for.
pub type Reader = Arc<Notify>;

/// The fetches that wait for one partition.
#[derive(Debug, Default)]
pub struct Readers(Vec<Weak<Notify>>);

impl Readers {
    /// Wakes `reader` at the next [`Readers::wake`], unless it has ended by then.
    pub fn add(&mut self, reader: &Reader) {
        self.0.retain(|known| known.strong_count() > 0 && !known.ptr_eq(&Arc::downgrade(reader)));
        self.0.push(Arc::downgrade(reader));
    }

    /// Wakes all that wait.
    pub fn wake(&mut self) {
        for reader in self.0.drain(..).filter_map(|reader| reader.upgrade()) {
            reader.notify_one();
        }
    }
}
