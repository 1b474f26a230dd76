//! Consume, transform, produce, exactly once: records and offsets in one transaction.

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::producer::Producer;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::types::RDKafkaErrorCode;

use super::super::fixture::SOON;
use super::clients::{Sender, consumer, create, producer, refused, sees, send, take_payloads};
use crate::support::on_each_stack;

/// Sends what `reader` read as far as `next` in one transaction and leaves it open.
fn pass_on(till: &Sender, reader: &BaseConsumer, (from, to): (&str, &str), next: i64, what: &str) {
    till.begin_transaction().unwrap();
    send(till, to, &[what]);
    let mut offsets = TopicPartitionList::new();
    offsets.add_partition_offset(from, 0, Offset::Offset(next)).unwrap();
    let group = reader.group_metadata().unwrap();
    till.send_offsets_to_transaction(&offsets, &group, SOON).unwrap();
}

/// Where the group of `reader` stands in partition 0 of `topic`.
fn position(reader: &BaseConsumer, topic: &str) -> Offset {
    let mut list = TopicPartitionList::new();
    list.add_partition(topic, 0);
    let list = reader.committed_offsets(list, SOON).unwrap();
    list.find_partition(topic, 0).unwrap().offset()
}

on_each_stack! {
    /// The second consumer goes on where the last committed transaction ended.
    fn a_second_consumer_goes_on_after_the_last_commit(stack: &Stack) {
        let [from, to, group] = ["raw", "clean", "cleaners"].map(|name| stack.name(name));
        create(stack, &from, 1);
        create(stack, &to, 1);
        let till = producer(stack, &stack.name("till"), &[]);
        till.begin_transaction().unwrap();
        send(&till, &from, &["a", "b"]);
        till.commit_transaction(SOON).unwrap();

        let first = consumer(stack, &group, true);
        first.subscribe(&[&from]).unwrap();
        let read = take_payloads(&first, 2);
        pass_on(&till, &first, (&from, &to), 1, &read[0].to_uppercase());
        till.commit_transaction(SOON).unwrap();
        pass_on(&till, &first, (&from, &to), 2, &read[1].to_uppercase());
        till.abort_transaction(SOON).unwrap();
        assert_eq!(position(&first, &from), Offset::Offset(1));
        drop(first);

        let second = consumer(stack, &group, true);
        second.subscribe(&[&from]).unwrap();
        let again = take_payloads(&second, 1);
        assert_eq!(again, ["b"]);
        pass_on(&till, &second, (&from, &to), 2, "B");
        till.commit_transaction(SOON).unwrap();
        assert_eq!(position(&second, &from), Offset::Offset(2));
        sees(stack, &to, &["A", "B"]);
    }

    /// A consumer that was replaced cannot commit offsets, and so nothing else either.
    fn a_consumer_that_left_commits_nothing(stack: &Stack) {
        let [from, to, group] = ["raw", "clean", "cleaners"].map(|name| stack.name(name));
        create(stack, &from, 1);
        create(stack, &to, 1);
        let till = producer(stack, &stack.name("till"), &[]);
        till.begin_transaction().unwrap();
        send(&till, &from, &["a"]);
        till.commit_transaction(SOON).unwrap();
        let first = consumer(stack, &group, true);
        first.subscribe(&[&from]).unwrap();
        take_payloads(&first, 1);
        let stale = first.group_metadata().unwrap();
        drop(first);
        let second = consumer(stack, &group, true);
        second.subscribe(&[&from]).unwrap();
        take_payloads(&second, 1);

        till.begin_transaction().unwrap();
        send(&till, &to, &["A"]);
        let mut offsets = TopicPartitionList::new();
        offsets.add_partition_offset(&from, 0, Offset::Offset(1)).unwrap();
        let error = refused(till.send_offsets_to_transaction(&offsets, &stale, SOON));
        assert!(error.txn_requires_abort(), "{error:?}");
        let known = [RDKafkaErrorCode::UnknownMemberId, RDKafkaErrorCode::IllegalGeneration];
        assert!(known.contains(&error.code()), "{error:?}");
        till.abort_transaction(SOON).unwrap();
        sees(stack, &to, &[]);
    }
}
