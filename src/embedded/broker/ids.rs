//! Ids that nobody else has.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::{Builder, Uuid};

/// Makes ids of 128 bits. They need to be new, not secret, so the random keys of a hash will do.
#[derive(Debug, Default)]
pub struct Ids {
    keys: RandomState,
    made: AtomicU64,
}

impl Ids {
    /// An id in the form of a random UUID.
    pub fn next(&self) -> Uuid {
        let count = self.made.fetch_add(1, Ordering::Relaxed);
        let high = u128::from(self.keys.hash_one((count, 0)));
        let low = u128::from(self.keys.hash_one((count, 1)));
        Builder::from_random_bytes((high << 64 | low).to_be_bytes()).into_uuid()
    }
}
