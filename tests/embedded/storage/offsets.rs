//! What groups committed.

use rdkafka::admin::AdminOptions;
use rdkafka::consumer::{CommitMode, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::fixture::Kept;
use crate::embedded::broker::fixture::{SOON, payload, take, wait};

fn commit(kept: &Kept, group: &str, topic: &str, offset: i64) {
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(topic, 0, Offset::Offset(offset)).unwrap();
    kept.bed().consumer(group, &[]).commit(&list, CommitMode::Sync).unwrap();
}

fn committed(kept: &Kept, group: &str, topic: &str) -> Offset {
    let mut list = TopicPartitionList::new();
    list.add_partition(topic, 0);
    let list = kept.bed().consumer(group, &[]).committed_offsets(list, SOON).unwrap();
    list.elements()[0].offset()
}

#[test]
fn offsets_are_there_after_a_restart() {
    let mut kept = Kept::new();
    kept.bed().send("orders", &["one", "two", "three"]);
    // A group's name may have any character.
    let odd = "a \"group\", [1]\n\u{1f52d}/\\";
    for offset in 1..=3 {
        commit(&kept, "clerks", "orders", offset);
    }
    commit(&kept, odd, "orders", 2);
    for _ in 0..2 {
        kept.restart();
        assert_eq!(committed(&kept, "clerks", "orders"), Offset::Offset(3));
        assert_eq!(committed(&kept, odd, "orders"), Offset::Offset(2));
    }
    commit(&kept, "clerks", "orders", 1);
    kept.restart();
    assert_eq!(committed(&kept, "clerks", "orders"), Offset::Offset(1));
}

#[test]
fn a_member_goes_on_where_its_group_was() {
    let mut kept = Kept::new();
    kept.bed().send("orders", &["one", "two"]);
    let consumer = kept.bed().consumer("clerks", &[]);
    consumer.subscribe(&["orders"]).unwrap();
    take(&consumer, 1);
    consumer.commit_consumer_state(CommitMode::Sync).unwrap();
    drop(consumer);
    kept.restart();
    let consumer = kept.bed().consumer("clerks", &[]);
    consumer.subscribe(&["orders"]).unwrap();
    assert_eq!(payload(&take(&consumer, 1)[0]), "two");
}

#[test]
fn what_was_deleted_stays_deleted() {
    let mut kept = Kept::new();
    for topic in ["orders", "other"] {
        kept.bed().send(topic, &["one"]);
        commit(&kept, "clerks", topic, 1);
    }
    commit(&kept, "deleted", "orders", 1);
    let options = AdminOptions::new();
    wait(kept.bed().admin().delete_groups(&["deleted"], &options)).unwrap();
    wait(kept.bed().admin().delete_topics(&["other"], &options)).unwrap();
    kept.bed().topic("other", 1);
    for _ in 0..2 {
        assert_eq!(committed(&kept, "clerks", "orders"), Offset::Offset(1));
        assert_eq!(committed(&kept, "clerks", "other"), Offset::Invalid);
        assert_eq!(committed(&kept, "deleted", "orders"), Offset::Invalid);
        kept.restart();
    }
}
