//! Records: what was sent comes back.

use rdkafka::Message;
use rdkafka::message::{Header, Headers, OwnedHeaders, Timestamp};
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::Offset;
use rdkafka::types::RDKafkaErrorCode;

use super::fixture::{Bed, SOON, payload, take, wait};

#[test]
fn records_come_back_in_order() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b", "c"]);
    let records = take(&bed.reader("orders", Offset::Beginning, &[]), 3);
    assert_eq!(records.iter().map(payload).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(records.iter().map(Message::offset).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn keys_headers_timestamps_and_nulls_are_kept() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let producer = bed.producer(&[]);
    let headers = OwnedHeaders::new()
        .insert(Header { key: "trace", value: Some("42") })
        .insert(Header { key: "empty", value: None::<&str> });
    let record = FutureRecord::<str, str>::to("orders").key("k").timestamp(1_600_000_000_123);
    wait(producer.send(record.headers(headers), SOON)).unwrap();
    let record = take(&bed.reader("orders", Offset::Beginning, &[]), 1).remove(0);
    assert_eq!((record.key(), record.payload()), (Some(&b"k"[..]), None));
    assert_eq!(record.timestamp(), Timestamp::CreateTime(1_600_000_000_123));
    let headers: Vec<_> = record.headers().unwrap().iter().map(|h| (h.key, h.value)).collect();
    assert_eq!(headers, [("trace", Some(&b"42"[..])), ("empty", None)]);
}

#[test]
fn every_compression_comes_back() {
    let bed = Bed::new();
    bed.topic("tales", 1);
    let text = "tale ".repeat(2000);
    let codecs = ["none", "gzip", "snappy", "lz4", "zstd"];
    for codec in codecs {
        let producer = bed.producer(&[("compression.type", codec)]);
        let record = FutureRecord::<str, str>::to("tales").key(codec).payload(&text);
        wait(producer.send(record, SOON)).unwrap();
    }
    let records = take(&bed.reader("tales", Offset::Beginning, &[]), codecs.len());
    for (record, codec) in records.iter().zip(codecs) {
        assert_eq!(record.key(), Some(codec.as_bytes()));
        assert_eq!(payload(record), text, "{codec}");
    }
}

#[test]
fn every_acks_appends() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    for acks in ["0", "1", "all"] {
        let producer = bed.producer(&[("acks", acks)]);
        let record = FutureRecord::<str, str>::to("orders").payload(acks);
        wait(producer.send(record, SOON)).unwrap();
    }
    let records = take(&bed.reader("orders", Offset::Beginning, &[]), 3);
    assert_eq!(records.iter().map(payload).collect::<Vec<_>>(), ["0", "1", "all"]);
}

#[test]
fn a_large_record_comes_back_and_a_larger_one_is_refused() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let producer = bed.producer(&[("message.max.bytes", "3000000")]);
    let (large, larger) = ("x".repeat(1_000_000), "x".repeat(2_000_000));
    let send = |text: &str| {
        let record = FutureRecord::<str, str>::to("orders").payload(text);
        wait(producer.send(record, SOON)).map_err(|(error, _)| error.rdkafka_error_code())
    };
    send(&large).unwrap();
    assert_eq!(send(&larger).unwrap_err(), Some(RDKafkaErrorCode::MessageSizeTooLarge));
    let small = [("max.partition.fetch.bytes", "1000"), ("fetch.message.max.bytes", "1000")];
    let records = take(&bed.reader("orders", Offset::Beginning, &small), 1);
    assert_eq!(payload(&records[0]).len(), large.len());
}

#[test]
fn an_idempotent_producer_keeps_order_over_many_batches() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let producer = bed.producer(&[("enable.idempotence", "true"), ("batch.num.messages", "7")]);
    let texts: Vec<_> = (0..500).map(|number| number.to_string()).collect();
    let sent: Vec<_> = texts
        .iter()
        .map(|text| {
            let record = FutureRecord::<str, str>::to("orders").payload(text);
            producer.send_result(record).unwrap()
        })
        .collect();
    for delivery in sent {
        wait(delivery).unwrap().unwrap();
    }
    let records = take(&bed.reader("orders", Offset::Beginning, &[]), 500);
    assert_eq!(records.iter().map(payload).collect::<Vec<_>>(), texts);
}
