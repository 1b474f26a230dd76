//! What a topic demands of each record.

use kafka_protocol::ResponseError;

use super::Header;
use super::batch::HEADER;
use super::walk;

/// What a topic demands of each record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Demands {
    /// A key, because the topic is compacted.
    pub key: bool,
    /// A timestamp not before this one, milliseconds since 1970 UTC.
    pub earliest: Option<i64>,
}

impl Demands {
    /// Whether the records of the batch in `bytes`, with its checked `header`, are as demanded. Those
    /// of a compressed batch stay closed: only the first timestamp is looked at.
    pub fn check(self, bytes: &[u8], header: &Header) -> Result<(), ResponseError> {
        let early = |time: i64| time >= 0 && self.earliest.is_some_and(|earliest| time < earliest);
        if early(header.base_timestamp) || early(header.max_timestamp) {
            return Err(ResponseError::InvalidTimestamp);
        }
        if header.compressed() || self == Demands::default() {
            return Ok(());
        }
        for record in walk::records(bytes.get(HEADER..).unwrap_or_default()) {
            if self.key && !record.keyed {
                return Err(ResponseError::InvalidRecord);
            }
            if early(header.base_timestamp.saturating_add(record.timestamp_delta)) {
                return Err(ResponseError::InvalidTimestamp);
            }
        }
        Ok(())
    }
}
