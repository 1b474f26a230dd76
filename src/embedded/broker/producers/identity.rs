//! Which producer, and which life of it.

use serde::{Deserialize, Serialize};

/// A producer's id and epoch (KIP-98).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The id the broker gave it.
    pub id: i64,
    /// How often it was begun anew.
    pub epoch: i16,
}

/// No producer yet.
pub const NOBODY: Identity = Identity { id: -1, epoch: -1 };

impl Identity {
    /// Whether no later epoch may be given out, so that the producer needs a new id (KIP-98). The
    /// highest epoch of all remains for fencing.
    pub fn exhausted(self) -> bool {
        self.epoch >= i16::MAX - 1
    }
}
