use bytes::{BufMut, Bytes, BytesMut};
use kafka_protocol::messages::ProduceRequest;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::protocol::StrBytes;

use super::fixture::{context, create, read, run, text_pipeline, to_end};
use crate::embedded::broker::raw::Raw;

/// A batch of one record with the value `v` and a header whose name is no text.
fn batch() -> Bytes {
    let mut checked = BytesMut::new();
    checked.put_slice(&[0; 6]); // attributes, offset of the last record
    checked.put_i64(1000);
    checked.put_i64(1000);
    checked.put_slice(&[0xff; 14]); // no producer id, epoch and sequence
    checked.put_i32(1);
    checked.put_slice(&[28, 0, 0, 0, 1, 2, b'v', 2, 8, b'n', 0xff, b'm', b'e', 2, b'x']);
    let mut batch = BytesMut::new();
    batch.put_i64(0);
    batch.put_i32(9 + checked.len() as i32);
    batch.put_i32(-1);
    batch.put_i8(2);
    batch.put_u32(crc32c::crc32c(&checked));
    batch.put_slice(&checked);
    batch.freeze()
}

#[test]
fn a_header_name_that_is_no_text_stops_nobody() {
    let context = context();
    create(&context, &["in", "out"], 1);
    let data = PartitionProduceData::default().with_records(Some(batch()));
    let data = TopicProduceData::default()
        .with_name(StrBytes::from_static_str("in").into())
        .with_partition_data(vec![data]);
    let request = ProduceRequest::default().with_acks(-1).with_topic_data(vec![data]);
    let mut raw = Raw::to(context.endpoints().unwrap().broker().unwrap());
    assert_eq!(raw.call(9, &request).responses[0].partition_responses[0].error_code, 0);
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap(), [1, 1, 0, 0]);
    let header = ("n\u{fffd}me".to_owned(), Some(Bytes::from_static(b"x")));
    assert_eq!(*read(&context, "out")[0].headers(), [header]);
}
