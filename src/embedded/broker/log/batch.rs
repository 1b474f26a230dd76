//! A record batch of format v2, of which only the header is looked at.
//!
//! The base offset and the leader epoch stand before the checksummed part, so that a broker can
//! write them without touching the records: <https://kafka.apache.org/documentation/#recordbatch>.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use kafka_protocol::ResponseError;

use crate::embedded::broker::node::LEADER_EPOCH;
use crate::embedded::broker::producers::Identity;

/// Bytes of a batch before its first record.
pub const HEADER: usize = 61;
/// Bytes that the length field of a batch does not count: the base offset and the length itself.
pub(super) const UNCOUNTED: usize = 12;
const EPOCH_AT: usize = 12;
const CHECKSUM_AT: usize = 17;
pub(super) const CHECKED_FROM: usize = 21;
const MAX_TIMESTAMP_AT: usize = 35;
pub(super) const MAGIC: i8 = 2;

const COMPRESSION: i16 = 0b111;
const LOG_APPEND_TIME: i16 = 1 << 3;
/// Set in batches of a transaction, its end included.
pub(super) const TRANSACTIONAL: i16 = 1 << 4;
/// Set in the end of a transaction.
pub(super) const CONTROL: i16 = 1 << 5;

/// The fields of a batch's header that the broker needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Compression, kind of timestamp, transactional, control.
    pub attributes: i16,
    /// The offset of the last record less that of the first.
    pub last_delta: i32,
    /// The timestamp of the first record, milliseconds since 1970 UTC.
    pub base_timestamp: i64,
    /// The highest timestamp of a record.
    pub max_timestamp: i64,
    /// Who produced the batch, if an idempotent producer did; else -1.
    pub producer_id: i64,
    /// Which life of that producer.
    pub producer_epoch: i16,
    /// The number of the first record among those of the producer in this partition.
    pub base_sequence: i32,
    /// How many records the batch has.
    pub records: i32,
}

impl Header {
    /// Reads and checks the only batch in `bytes`.
    pub fn check(bytes: &[u8]) -> Result<Header, ResponseError> {
        if bytes.len() < HEADER {
            return Err(ResponseError::InvalidRecord);
        }
        let mut at = bytes;
        at.advance(8);
        let length = at.get_i32();
        at.advance(4);
        if at.get_i8() != MAGIC {
            return Err(ResponseError::UnsupportedForMessageFormat);
        }
        // KIP-98: from version 3 on, a request carries exactly one batch a partition.
        if usize::try_from(length).ok() != Some(bytes.len() - UNCOUNTED) {
            return Err(ResponseError::InvalidRecord);
        }
        let checksum = at.get_u32();
        if crc32c::crc32c(at) != checksum {
            return Err(ResponseError::CorruptMessage);
        }
        let header = Header::fields(at);
        let counted = header.records > 0 && header.last_delta == header.records - 1;
        let nobodys = header.transactional() && header.producer_id < 0;
        // Only the broker itself writes control batches.
        if !counted || nobodys || header.attributes & CONTROL != 0 {
            return Err(ResponseError::InvalidRecord);
        }
        Ok(header)
    }

    /// The fields in `at`, the checksummed part of a batch.
    pub(super) fn fields(mut at: &[u8]) -> Header {
        Header {
            attributes: at.get_i16(),
            last_delta: at.get_i32(),
            base_timestamp: at.get_i64(),
            max_timestamp: at.get_i64(),
            producer_id: at.get_i64(),
            producer_epoch: at.get_i16(),
            base_sequence: at.get_i32(),
            records: at.get_i32(),
        }
    }

    /// Who produced the batch.
    pub fn producer(&self) -> Identity {
        Identity { id: self.producer_id, epoch: self.producer_epoch }
    }

    /// Whether the batch is part of a transaction.
    pub fn transactional(&self) -> bool {
        self.attributes & TRANSACTIONAL != 0
    }

    /// Whether the batch is the end of a transaction.
    pub fn control(&self) -> bool {
        self.attributes & CONTROL != 0
    }

    /// Whether the records are compressed, so that the broker cannot look at each.
    pub fn compressed(&self) -> bool {
        self.attributes & COMPRESSION != 0
    }

    /// Whether all records carry the time at which the broker got them.
    pub fn append_time(&self) -> bool {
        self.attributes & LOG_APPEND_TIME != 0
    }
}

/// A batch in a log.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The offset of the first record.
    pub base: i64,
    /// The header, as it is stored.
    pub header: Header,
    /// The whole batch, ready to be sent.
    pub bytes: Bytes,
}

impl Batch {
    /// The batch in `bytes` with the offsets from `base` on; with `append_time`, its records get
    /// that time instead of the producer's.
    pub fn place(bytes: &[u8], header: Header, base: i64, append_time: Option<i64>) -> Batch {
        let mut owned = BytesMut::from(bytes);
        let mut header = header;
        put(&mut owned, 0, |mut at| at.put_i64(base));
        put(&mut owned, EPOCH_AT, |mut at| at.put_i32(LEADER_EPOCH));
        if let Some(now) = append_time {
            header.attributes |= LOG_APPEND_TIME;
            header.max_timestamp = now;
            put(&mut owned, CHECKED_FROM, |mut at| at.put_i16(header.attributes));
            put(&mut owned, MAX_TIMESTAMP_AT, |mut at| at.put_i64(now));
            let checksum = owned.get(CHECKED_FROM..).map_or(0, crc32c::crc32c);
            put(&mut owned, CHECKSUM_AT, |mut at| at.put_u32(checksum));
        }
        Batch { base, header, bytes: owned.freeze() }
    }

    /// The offset of the last record.
    pub fn last(&self) -> i64 {
        self.base + i64::from(self.header.last_delta)
    }

    /// The memory it takes, bytes.
    pub fn cost(&self) -> usize {
        self.bytes.len() + size_of::<Batch>()
    }

    /// The records, as they are stored.
    pub fn records(&self) -> &[u8] {
        self.bytes.get(HEADER..).unwrap_or_default()
    }
}

fn put(bytes: &mut [u8], at: usize, write: impl FnOnce(&mut [u8])) {
    // `check` made sure that every field of the header is there.
    if let Some(place) = bytes.get_mut(at..) {
        write(place);
    }
}
