//! Offsets: first, next, by time; records deleted before one.

use rdkafka::Message;
use rdkafka::admin::AdminOptions;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::fixture::{Bed, SOON, payload, take, wait};

/// Sends one record for each timestamp, all in one batch.
fn send_at(bed: &Bed, times: &[i64], codec: &str) {
    let producer = bed.producer(&[("linger.ms", "50"), ("compression.type", codec)]);
    let send = |time: &i64| {
        let text = time.to_string();
        let record = FutureRecord::<str, str>::to("orders").payload(&text).timestamp(*time);
        producer.send_result(record).unwrap()
    };
    for delivery in times.iter().map(send).collect::<Vec<_>>() {
        wait(delivery).unwrap().unwrap();
    }
}

fn by_time(consumer: &BaseConsumer, time: i64) -> Offset {
    let mut list = TopicPartitionList::new();
    list.add_partition_offset("orders", 0, Offset::Offset(time)).unwrap();
    consumer.offsets_for_times(list, SOON).unwrap().elements()[0].offset()
}

#[test]
fn an_empty_partition_begins_and_ends_at_0() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let consumer = bed.consumer("clerks", &[]);
    assert_eq!(consumer.fetch_watermarks("orders", 0, SOON).unwrap(), (0, 0));
    assert_eq!(by_time(&consumer, 0), Offset::End);
}

#[test]
fn offsets_are_found_by_time() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    send_at(&bed, &[1000, 3000, 2000, 4000], "none");
    send_at(&bed, &[5000, 6000], "none");
    let consumer = bed.consumer("clerks", &[]);
    assert_eq!(consumer.fetch_watermarks("orders", 0, SOON).unwrap(), (0, 6));
    let found: Vec<_> = [0, 1000, 1001, 3001, 5500, 6000, 6001]
        .iter()
        .map(|time| by_time(&consumer, *time))
        .collect();
    let at = |offset| Offset::Offset(offset);
    assert_eq!(found, [at(0), at(0), at(1), at(3), at(5), at(5), Offset::End]);
}

#[test]
fn in_a_compressed_batch_nothing_is_missed() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let times: Vec<i64> = (1..=200).map(|number| number * 1000).collect();
    send_at(&bed, &times, "gzip");
    let consumer = bed.consumer("clerks", &[]);
    let Offset::Offset(found) = by_time(&consumer, 150_000) else { panic!("nothing found") };
    assert!(found <= 149, "{found}");
    assert_eq!(by_time(&consumer, 200_001), Offset::End);
}

#[test]
fn reading_begins_where_it_is_told() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b", "c", "d"]);
    let first = |offset| payload(&take(&bed.reader("orders", offset, &[]), 1)[0]).to_owned();
    assert_eq!(first(Offset::Beginning), "a");
    assert_eq!(first(Offset::Offset(2)), "c");
    assert_eq!(first(Offset::OffsetTail(1)), "d");
}

#[test]
fn an_offset_out_of_range_is_reset() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a"]);
    let records = take(&bed.reader("orders", Offset::Offset(99), &[]), 1);
    assert_eq!(records[0].offset(), 0);
}

#[test]
fn deleted_records_are_gone() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b", "c"]);
    let mut list = TopicPartitionList::new();
    list.add_partition_offset("orders", 0, Offset::Offset(2)).unwrap();
    let done = wait(bed.admin().delete_records(&list, &AdminOptions::new())).unwrap();
    assert_eq!(done.elements()[0].offset(), Offset::Offset(2));
    let consumer = bed.reader("orders", Offset::Beginning, &[]);
    assert_eq!(consumer.fetch_watermarks("orders", 0, SOON).unwrap(), (2, 3));
    assert_eq!(payload(&take(&consumer, 1)[0]), "c");
}
