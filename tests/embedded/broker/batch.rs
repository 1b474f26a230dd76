//! Batches of one record, byte by byte.

use bytes::{BufMut, BytesMut};
use kafka_protocol::messages::ProduceRequest;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};

use super::raw::Raw;
use super::versions::topic;

/// A record without key, value and headers, at the batch's own offset and time.
pub const EMPTY: &[u8] = &[12, 0, 0, 0, 1, 1, 0];

/// The same with a key of one byte.
pub const KEYED: &[u8] = &[14, 0, 0, 0, 2, b'k', 1, 0];

/// A batch with `record`, with its first and highest `times` and its producer's id, epoch and
/// sequence number.
pub fn batch(times: (i64, i64), producer: (i64, i16, i32), record: &[u8]) -> BytesMut {
    let mut checked = BytesMut::new();
    checked.put_i16(0); // attributes
    checked.put_i32(0); // offset of the last record
    checked.put_i64(times.0);
    checked.put_i64(times.1);
    checked.put_i64(producer.0);
    checked.put_i16(producer.1);
    checked.put_i32(producer.2);
    checked.put_i32(1);
    checked.put_slice(record);
    let mut batch = BytesMut::new();
    batch.put_i64(0);
    batch.put_i32(9 + checked.len() as i32);
    batch.put_i32(-1);
    batch.put_i8(2);
    batch.put_u32(crc32c::crc32c(&checked));
    batch.put_slice(&checked);
    batch
}

/// `batch` as part of a transaction.
pub fn transactional(mut batch: BytesMut) -> BytesMut {
    batch[22] |= 1 << 4;
    let checksum = crc32c::crc32c(&batch[21..]);
    batch[17..21].copy_from_slice(&checksum.to_be_bytes());
    batch
}

/// Sends `batch` to the topic `orders`: the error and the offset that the broker answers with.
pub fn send(raw: &mut Raw, batch: BytesMut) -> (i16, i64) {
    let data = PartitionProduceData::default().with_records(Some(batch.freeze()));
    let data =
        TopicProduceData::default().with_name(topic("orders")).with_partition_data(vec![data]);
    let request = ProduceRequest::default().with_acks(-1).with_topic_data(vec![data]);
    let partition = &raw.call(9, &request).responses[0].partition_responses[0];
    (partition.error_code, partition.base_offset)
}
