//! Consumer groups: committing, sharing partitions, listing, deleting.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use rdkafka::admin::AdminOptions;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList, TopicPartitionListElem};
use rdkafka::types::RDKafkaErrorCode;

use super::fixture::{Bed, SOON, payload, take, wait};

fn assigned(consumer: &BaseConsumer) -> BTreeSet<i32> {
    let list = consumer.assignment().unwrap();
    list.elements().iter().map(TopicPartitionListElem::partition).collect()
}

/// Polls all consumers until they hold as many partitions as `shares` says.
fn settle(consumers: &[&BaseConsumer], shares: &[usize]) {
    let end = Instant::now() + SOON;
    loop {
        for consumer in consumers {
            if let Some(Err(error)) = consumer.poll(Duration::from_millis(5)) {
                panic!("{error}");
            }
        }
        let mut counts: Vec<_> = consumers.iter().map(|c| assigned(c).len()).collect();
        counts.sort_unstable();
        if counts == shares {
            return;
        }
        assert!(Instant::now() < end, "the shares are still {counts:?}");
    }
}

fn share(strategy: &str) {
    let bed = Bed::new();
    bed.topic("orders", 4);
    let options = [("partition.assignment.strategy", strategy), ("heartbeat.interval.ms", "100")];
    let first = bed.consumer("clerks", &options);
    first.subscribe(&["orders"]).unwrap();
    settle(&[&first], &[4]);
    let second = bed.consumer("clerks", &options);
    second.subscribe(&["orders"]).unwrap();
    settle(&[&first, &second], &[2, 2]);
    assert_eq!(assigned(&first).union(&assigned(&second)).count(), 4);
    drop(second);
    settle(&[&first], &[4]);
}

#[test]
fn two_members_share_by_range() {
    share("range");
}

#[test]
fn two_members_share_cooperatively() {
    share("cooperative-sticky");
}

#[test]
fn a_group_goes_on_where_it_committed() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    bed.send("orders", &["a", "b"]);
    let first = bed.consumer("clerks", &[]);
    first.subscribe(&["orders"]).unwrap();
    take(&first, 2);
    first.commit_consumer_state(CommitMode::Sync).unwrap();
    drop(first);
    bed.send("orders", &["c"]);
    let second = bed.consumer("clerks", &[]);
    second.subscribe(&["orders"]).unwrap();
    assert_eq!(payload(&take(&second, 1)[0]), "c");
}

#[test]
fn offsets_are_committed_without_members() {
    let bed = Bed::new();
    bed.topic("orders", 2);
    let consumer = bed.consumer("clerks", &[]);
    let mut list = TopicPartitionList::new();
    list.add_partition_offset("orders", 1, Offset::Offset(7)).unwrap();
    list.elements()[0].set_metadata("half way");
    consumer.commit(&list, CommitMode::Sync).unwrap();
    let mut asked = TopicPartitionList::new();
    asked.add_partition_range("orders", 0, 1);
    let found = consumer.committed_offsets(asked, SOON).unwrap();
    assert_eq!(found.find_partition("orders", 0).unwrap().offset(), Offset::Invalid);
    let committed = found.find_partition("orders", 1).unwrap();
    assert_eq!((committed.offset(), committed.metadata()), (Offset::Offset(7), "half way"));
}

#[test]
fn a_commit_for_an_unknown_topic_is_refused() {
    let bed = Bed::new();
    let consumer = bed.consumer("clerks", &[]);
    let mut list = TopicPartitionList::new();
    list.add_partition_offset("nothing", 0, Offset::Offset(7)).unwrap();
    let error = consumer.commit(&list, CommitMode::Sync).unwrap_err();
    let unknown = RDKafkaErrorCode::UnknownTopicOrPartition;
    assert_eq!(error.rdkafka_error_code(), Some(unknown));
}

#[test]
fn groups_are_listed_and_deleted_when_empty() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let consumer = bed.consumer("clerks", &[("client.id", "ann")]);
    consumer.subscribe(&["orders"]).unwrap();
    settle(&[&consumer], &[1]);
    let list = consumer.fetch_group_list(None, SOON).unwrap();
    let group = &list.groups()[0];
    assert_eq!((group.name(), group.state(), group.protocol()), ("clerks", "Stable", "range"));
    assert_eq!(group.members()[0].client_id(), "ann");
    assert_eq!(group.members()[0].client_host(), "/127.0.0.1");
    let delete = || wait(bed.admin().delete_groups(&["clerks"], &AdminOptions::new())).unwrap();
    let busy = ("clerks".to_owned(), RDKafkaErrorCode::NonEmptyGroup);
    assert_eq!(delete(), [Err(busy)]);
    consumer.unsubscribe();
    let end = Instant::now() + SOON;
    while delete() != [Ok("clerks".to_owned())] {
        consumer.poll(Duration::from_millis(10));
        assert!(Instant::now() < end, "the group is still busy");
    }
    assert_eq!(bed.consumer("x", &[]).fetch_group_list(None, SOON).unwrap().groups().len(), 0);
}

#[test]
fn a_static_member_comes_back_without_a_rebalance() {
    let bed = Bed::new();
    bed.topic("orders", 2);
    let options = |name| [("group.instance.id", name), ("heartbeat.interval.ms", "100")];
    let first = bed.consumer("clerks", &options("ann"));
    let second = bed.consumer("clerks", &options("bob"));
    first.subscribe(&["orders"]).unwrap();
    second.subscribe(&["orders"]).unwrap();
    settle(&[&first, &second], &[1, 1]);
    let held = assigned(&second);
    drop(second);
    let again = bed.consumer("clerks", &options("bob"));
    again.subscribe(&["orders"]).unwrap();
    settle(&[&first, &again], &[1, 1]);
    assert_eq!(assigned(&again), held);
}
