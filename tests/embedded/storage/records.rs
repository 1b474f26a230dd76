//! Records and their files.

use std::time::Duration;

use rdkafka::admin::{AdminOptions, NewTopic, TopicReplication};
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::fixture::Kept;
use crate::embedded::broker::batch::{EMPTY, batch, send};
use crate::embedded::broker::fixture::{SOON, payload, take, wait};
use crate::embedded::broker::raw::Raw;

fn delete_before(kept: &Kept, topic: &str, offset: Offset) {
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(topic, 0, offset).unwrap();
    wait(kept.bed().admin().delete_records(&list, &AdminOptions::new())).unwrap();
}

/// Sends `count` records of 900 kB to partition 0 of `topic`.
fn fill(kept: &Kept, topic: &str, count: usize) {
    let producer = kept.bed().producer(&[("linger.ms", "0")]);
    let large = "x".repeat(900_000);
    for _ in 0..count {
        let record = FutureRecord::<str, str>::to(topic).payload(&large).partition(0);
        wait(producer.send(record, SOON)).map_err(|(error, _)| error).unwrap();
    }
}

fn name(base: i64) -> String {
    format!("{base:020}.log")
}

#[test]
fn records_are_there_after_a_restart() {
    let mut kept = Kept::new();
    for compression in ["none", "zstd", "gzip"] {
        kept.bed().topic(compression, 1);
        let options = [("linger.ms", "0"), ("compression.type", compression)];
        let producer = kept.bed().producer(&options);
        for payload in ["one", "two", "three"] {
            let record = FutureRecord::<str, str>::to(compression).payload(payload).partition(0);
            wait(producer.send(record, SOON)).unwrap();
        }
    }
    for _ in 0..2 {
        kept.restart();
        for topic in ["none", "zstd", "gzip"] {
            let records = take(&kept.bed().reader(topic, Offset::Beginning, &[]), 3);
            assert_eq!(records.iter().map(payload).collect::<Vec<_>>(), ["one", "two", "three"]);
        }
    }
    kept.bed().send("none", &["four"]);
    assert_eq!(kept.bounds("none"), (0, 4));
}

/// Nothing is written where no folder was given.
#[test]
fn a_batch_stands_in_its_file_as_it_is_served() {
    let kept = Kept::new();
    kept.bed().topic("orders", 1);
    assert_eq!(kept.names(), Vec::<String>::new());
    let mut raw = Raw::connect(&kept.bed().broker);
    let mut expected = Vec::new();
    for offset in 0..3i64 {
        let mut sent = batch((1000, 1000), (-1, -1, -1), EMPTY);
        assert_eq!(send(&mut raw, sent.clone()), (0, offset));
        sent[..8].copy_from_slice(&offset.to_be_bytes());
        sent[12..16].fill(0);
        expected.extend_from_slice(&sent);
    }
    assert_eq!(kept.names(), [name(0)]);
    assert_eq!(std::fs::read(&kept.files()[0]).unwrap(), expected);
}

#[test]
fn a_producers_batch_is_known_after_a_restart() {
    let mut kept = Kept::new();
    kept.bed().topic("orders", 1);
    let mut raw = Raw::connect(&kept.bed().broker);
    for sequence in 0..7 {
        let sent = batch((1000, 1000), (5, 3, sequence), EMPTY);
        assert_eq!(send(&mut raw, sent), (0, i64::from(sequence)));
    }
    kept.restart();
    let mut raw = Raw::connect(&kept.bed().broker);
    let mut again =
        |epoch, sequence| send(&mut raw, batch((1000, 1000), (5, epoch, sequence), EMPTY));
    assert_eq!(again(3, 6), (0, 6));
    assert_eq!(again(3, 2), (0, 2));
    assert_eq!(again(3, 1), (46, -1), "known as old");
    assert_eq!(again(3, 8), (45, -1), "a gap");
    assert_eq!(again(2, 7), (47, -1), "an older life");
    assert_eq!(again(3, 7), (0, 7));
}

#[test]
fn deleted_records_stay_deleted_and_their_files_go() {
    let mut kept = Kept::new();
    kept.bed().topic("orders", 1);
    fill(&kept, "orders", 40);
    assert_eq!(kept.names(), [name(0), name(19), name(38)]);
    delete_before(&kept, "orders", Offset::Offset(20));
    assert_eq!(kept.names(), [name(19), name(38)]);
    assert_eq!(kept.bounds("orders"), (20, 40));
    kept.restart();
    assert_eq!(kept.bounds("orders"), (20, 40));
    // The last file stays: it tells where the log goes on.
    delete_before(&kept, "orders", Offset::End);
    assert_eq!(kept.names(), [name(38)]);
    for _ in 0..2 {
        kept.restart();
        assert_eq!(kept.bounds("orders"), (40, 40));
    }
    kept.bed().send("orders", &["next"]);
    kept.restart();
    assert_eq!(kept.bounds("orders"), (40, 41));
    let records = take(&kept.bed().reader("orders", Offset::Beginning, &[]), 1);
    assert_eq!(payload(&records[0]), "next");
}

#[test]
fn records_that_are_too_many_go_with_their_files() {
    let mut kept = Kept::with_check(Duration::ZERO);
    let topic = NewTopic::new("orders", 1, TopicReplication::Fixed(1));
    let topic = topic.set("retention.bytes", "2000000");
    wait(kept.bed().admin().create_topics([&topic], &AdminOptions::new())).unwrap();
    fill(&kept, "orders", 40);
    // The first that is not among the last 2 MB is kept too, as in Kafka.
    assert_eq!(kept.bounds("orders"), (37, 40));
    assert_eq!(kept.names(), [name(19), name(38)]);
    kept.restart();
    assert_eq!(kept.bounds("orders"), (37, 40));
    fill(&kept, "orders", 1);
    assert_eq!(kept.bounds("orders"), (38, 41));
    assert_eq!(kept.names(), [name(38)]);
}

#[test]
fn a_file_of_deleted_records_that_stayed_goes_at_the_next_start() {
    let mut kept = Kept::new();
    kept.bed().topic("orders", 1);
    fill(&kept, "orders", 20);
    let first = std::fs::read(&kept.files()[0]).unwrap();
    let path = kept.files()[0].clone();
    delete_before(&kept, "orders", Offset::Offset(19));
    kept.stop();
    std::fs::write(&path, first).unwrap();
    kept.start();
    assert_eq!(kept.names(), [name(19)]);
    assert_eq!(kept.bounds("orders"), (19, 20));
}

#[test]
fn a_deleted_topic_leaves_no_file() {
    let mut kept = Kept::new();
    for topic in ["orders", "other"] {
        kept.bed().topic(topic, 1);
        kept.bed().send(topic, &["one"]);
    }
    let stays = kept.files();
    assert_eq!(stays.len(), 2);
    wait(kept.bed().admin().delete_topics(&["orders"], &AdminOptions::new())).unwrap();
    assert_eq!(kept.files().len(), 1);
    // A topic made anew begins at 0.
    kept.bed().topic("orders", 1);
    kept.stop();
    // What a broker leaves that is killed while it deletes.
    let gone = stays.iter().find(|path| !path.exists()).unwrap();
    std::fs::create_dir_all(gone.parent().unwrap()).unwrap();
    std::fs::write(gone, "").unwrap();
    kept.start();
    assert_eq!(kept.files().len(), 1);
    assert_eq!(kept.bounds("orders"), (0, 0));
    assert_eq!(kept.bounds("other"), (0, 1));
}
