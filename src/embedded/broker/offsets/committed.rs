//! A committed offset.

use kafka_protocol::ResponseError;
use serde::{Deserialize, Serialize};

/// The longest note that may go with an offset: Kafka's `offset.metadata.max.bytes`.
const MAX_METADATA: usize = 4096;

/// A committed offset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// The offset of the next record to read.
    pub offset: i64,
    /// The leader's epoch of the last record read, or -1.
    pub leader_epoch: i32,
    /// The consumer's note.
    pub metadata: String,
}

impl Committed {
    /// `offset` with the consumer's note, which must not be too long.
    pub fn new(
        offset: i64,
        leader_epoch: i32,
        note: Option<&str>,
    ) -> Result<Committed, ResponseError> {
        let metadata = note.unwrap_or_default();
        if metadata.len() > MAX_METADATA {
            return Err(ResponseError::OffsetMetadataTooLarge);
        }
        Ok(Committed { offset, leader_epoch, metadata: metadata.to_owned() })
    }

    /// What stands for no commit at all.
    pub fn nothing() -> Committed {
        Committed { offset: -1, leader_epoch: -1, metadata: String::new() }
    }
}
