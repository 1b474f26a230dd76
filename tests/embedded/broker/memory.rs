//! A broker whose memory is full refuses records, and lives on.

use bytes::BytesMut;
use kafka_protocol::messages::ProduceRequest;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::protocol::StrBytes;
use kafkaefd::embedded::broker::BrokerOptions;
use rdkafka::admin::AdminOptions;
use rdkafka::error::KafkaError;
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::types::RDKafkaErrorCode;

use super::batch::{EMPTY, batch};
use super::fixture::{Bed, SOON, wait};
use super::raw::Raw;
use super::versions::topic;

const POLICY_VIOLATION: i16 = 44;

/// A broker for 1 MiB, and a way to send it 100 kB at once.
fn small() -> (Bed, impl Fn(&Bed) -> Result<i64, RDKafkaErrorCode>) {
    let bed = Bed::with(BrokerOptions { max_memory: 1 << 20, ..BrokerOptions::default() });
    bed.topic("orders", 1);
    let producer = bed.producer(&[("linger.ms", "0")]);
    let large = "x".repeat(100_000);
    let send = move |_: &Bed| {
        let record = FutureRecord::<str, str>::to("orders").payload(&large).partition(0);
        match wait(producer.send(record, SOON)) {
            Ok(delivery) => Ok(delivery.offset),
            Err((KafkaError::MessageProduction(code), _)) => Err(code),
            Err((error, _)) => panic!("{error}"),
        }
    };
    (bed, send)
}

#[test]
fn records_are_refused_until_there_is_room() {
    let (bed, send) = small();
    for offset in 0..10 {
        assert_eq!(send(&bed), Ok(offset));
    }
    assert_eq!(send(&bed), Err(RDKafkaErrorCode::PolicyViolation));
    let mut list = TopicPartitionList::new();
    list.add_partition_offset("orders", 0, Offset::Offset(5)).unwrap();
    wait(bed.admin().delete_records(&list, &AdminOptions::new())).unwrap();
    assert_eq!(send(&bed), Ok(10));
    wait(bed.admin().delete_topics(&["orders"], &AdminOptions::new())).unwrap();
    bed.topic("orders", 1);
    for offset in 0..10 {
        assert_eq!(send(&bed), Ok(offset));
    }
}

/// Records that are too old go first.
#[test]
fn old_records_make_room() {
    let (bed, send) = small();
    let mut raw = Raw::connect(&bed.broker);
    bed.topic("old", 1);
    let large = [EMPTY, &vec![0; 900_000]].concat();
    let produce = |raw: &mut Raw, record: BytesMut| {
        let data = PartitionProduceData::default().with_records(Some(record.freeze()));
        let data =
            TopicProduceData::default().with_name(topic("old")).with_partition_data(vec![data]);
        let request = ProduceRequest::default().with_acks(-1).with_topic_data(vec![data]);
        raw.call(9, &request).responses[0].partition_responses[0].clone()
    };
    let old = produce(&mut raw, batch((1000, 1000), (-1, -1, -1), &large));
    assert_eq!((old.error_code, old.base_offset), (0, 0));
    for offset in 0..10 {
        assert_eq!(send(&bed), Ok(offset));
    }
    let refused = produce(&mut raw, batch((1000, 1000), (-1, -1, -1), &large));
    assert_eq!((refused.error_code, refused.base_offset), (POLICY_VIOLATION, -1));
    let expected = "the embedded broker may hold 1 MiB of records and does: delete topics or \
                    records, set retention.ms or retention.bytes, or start it with a higher \
                    --max-memory";
    assert_eq!(refused.error_message, Some(StrBytes::from_static_str(expected)));
}
