//! The end of a transaction, as it stands in the log.
//!
//! A control batch of one record, whose key says whether the transaction was committed:
//! <https://kafka.apache.org/documentation/#controlbatch>.

use bytes::{BufMut, Bytes, BytesMut};

use super::Header;
use super::batch::{CONTROL, MAGIC, TRANSACTIONAL, UNCOUNTED};
use crate::embedded::broker::node::LEADER_EPOCH;
use crate::embedded::broker::producers::Identity;

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its records and offsets count.
    Commit,
    /// They do not.
    Abort,
}

/// The end of one transaction in one partition.
#[derive(Debug, Clone, Copy)]
pub struct Marker {
    /// Whose transaction.
    pub producer: Identity,
    /// How it ended.
    pub outcome: Outcome,
    /// When, milliseconds since 1970 UTC.
    pub time: i64,
}

/// The only coordinator leads from the start.
const COORDINATOR_EPOCH: i32 = 0;
/// Where the record says how the transaction ended: see [`Marker::put_record`].
const KIND_AT: usize = 7;
/// The version of the key and of the value.
const VERSION: i16 = 0;

impl Marker {
    /// The marker in a control batch with `header` and `records`; none if they are of another kind.
    pub fn read(header: &Header, records: &[u8]) -> Option<Marker> {
        let outcome = match records.get(KIND_AT..KIND_AT + 2)? {
            [0, 0] => Outcome::Abort,
            [0, 1] => Outcome::Commit,
            _ => return None,
        };
        Some(Marker { producer: header.producer(), outcome, time: header.max_timestamp })
    }

    /// The header of its batch.
    pub fn header(&self) -> Header {
        Header {
            attributes: TRANSACTIONAL | CONTROL,
            last_delta: 0,
            base_timestamp: self.time,
            max_timestamp: self.time,
            producer_id: self.producer.id,
            producer_epoch: self.producer.epoch,
            base_sequence: -1,
            records: 1,
        }
    }

    /// Its batch, without an offset yet.
    pub fn batch(&self) -> Bytes {
        let mut checked = BytesMut::with_capacity(64);
        let header = self.header();
        checked.put_i16(header.attributes);
        checked.put_i32(header.last_delta);
        checked.put_i64(header.base_timestamp);
        checked.put_i64(header.max_timestamp);
        checked.put_i64(header.producer_id);
        checked.put_i16(header.producer_epoch);
        checked.put_i32(header.base_sequence);
        checked.put_i32(header.records);
        self.put_record(&mut checked);
        let mut batch = BytesMut::with_capacity(80);
        batch.put_i64(0); // the offset
        batch.put_i32((checked.len() + 21 - UNCOUNTED) as i32);
        batch.put_i32(LEADER_EPOCH);
        batch.put_i8(MAGIC);
        batch.put_u32(crc32c::crc32c(&checked));
        batch.put_slice(&checked);
        batch.freeze()
    }

    /// The record: lengths are zigzag numbers, so 32 says 16 bytes.
    fn put_record(&self, to: &mut BytesMut) {
        to.put_slice(&[32, 0, 0, 0]); // length, attributes, time and offset from the batch's
        to.put_u8(8);
        to.put_i16(VERSION);
        to.put_i16(match self.outcome {
            Outcome::Abort => 0,
            Outcome::Commit => 1,
        });
        to.put_u8(12);
        to.put_i16(VERSION);
        to.put_i32(COORDINATOR_EPOCH);
        to.put_u8(0); // no headers
    }
}
