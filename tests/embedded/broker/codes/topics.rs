//! Creating, growing and deleting topics.

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::create_partitions_request::{
    CreatePartitionsAssignment, CreatePartitionsTopic,
};
use kafka_protocol::messages::create_topics_request::{CreatableReplicaAssignment, CreatableTopic};
use kafka_protocol::messages::delete_records_request::{
    DeleteRecordsPartition, DeleteRecordsTopic,
};
use kafka_protocol::messages::delete_topics_request::DeleteTopicState;
use kafka_protocol::messages::describe_topic_partitions_request::{Cursor, TopicRequest};
use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::{
    BrokerId, CreatePartitionsRequest, CreateTopicsRequest, DeleteRecordsRequest,
    DeleteTopicsRequest, DescribeTopicPartitionsRequest, MetadataRequest,
};
use uuid::Uuid;

use super::super::raw::Raw;
use super::super::versions::topic;
use super::sample::{configured, creatable, made};
use super::table::Table;
use crate::support::on_each_stack;

fn create(raw: &mut Raw, topics: Vec<CreatableTopic>, validate_only: bool) -> i16 {
    let request = CreateTopicsRequest::default()
        .with_topics(topics)
        .with_timeout_ms(10_000)
        .with_validate_only(validate_only);
    raw.call(7, &request).topics[0].error_code
}

fn placed(wanted: CreatableTopic, partitions: &[(i32, &[i32])]) -> CreatableTopic {
    let place = |&(index, brokers): &(i32, &[i32])| {
        let brokers = brokers.iter().copied().map(BrokerId).collect();
        CreatableReplicaAssignment::default().with_partition_index(index).with_broker_ids(brokers)
    };
    wanted.with_assignments(partitions.iter().map(place).collect())
}

fn grow(raw: &mut Raw, name: &str, count: i32, places: Option<&[&[i32]]>) -> i16 {
    let place = |brokers: &&[i32]| {
        let brokers = brokers.iter().copied().map(BrokerId).collect();
        CreatePartitionsAssignment::default().with_broker_ids(brokers)
    };
    let wanted = CreatePartitionsTopic::default()
        .with_name(topic(name))
        .with_count(count)
        .with_assignments(places.map(|places| places.iter().map(place).collect()));
    let request = CreatePartitionsRequest::default().with_topics(vec![wanted]);
    raw.call(3, &request.with_timeout_ms(10_000)).results[0].error_code
}

fn delete(raw: &mut Raw, name: Option<&str>, id: Uuid) -> i16 {
    let wanted = DeleteTopicState::default().with_name(name.map(topic)).with_topic_id(id);
    let request = DeleteTopicsRequest::default().with_topics(vec![wanted]);
    raw.call(6, &request.with_timeout_ms(10_000)).responses[0].error_code
}

fn delete_records(raw: &mut Raw, name: &str, partition: i32, before: i64) -> i16 {
    let wanted =
        DeleteRecordsPartition::default().with_partition_index(partition).with_offset(before);
    let wanted = DeleteRecordsTopic::default().with_name(topic(name)).with_partitions(vec![wanted]);
    let request = DeleteRecordsRequest::default().with_topics(vec![wanted]).with_timeout_ms(10_000);
    raw.call(2, &request).topics[0].partitions[0].error_code
}

fn metadata(raw: &mut Raw, name: Option<&str>, id: Uuid) -> i16 {
    let wanted = MetadataRequestTopic::default().with_name(name.map(topic)).with_topic_id(id);
    let request = MetadataRequest::default().with_topics(Some(vec![wanted]));
    raw.call(12, &request.with_allow_auto_topic_creation(false)).topics[0].error_code
}

fn page(raw: &mut Raw, name: &str, from: i32) -> i16 {
    let cursor = Cursor::default().with_topic_name(topic(name)).with_partition_index(from);
    let request = DescribeTopicPartitionsRequest::default()
        .with_topics(vec![TopicRequest::default().with_name(topic(name))])
        .with_cursor(Some(cursor));
    raw.call(0, &request).topics[0].error_code
}

on_each_stack! {
    fn creating(stack: &Stack) {
        let mut table = Table::new(stack);
        let taken = stack.name("orders.new");
        made(stack, creatable(&taken, 1));
        let other = stack.name("bills");
        let one = |partitions| creatable(&other, partitions);
        let mut row = |what: &str, expected: Option<E>, wanted: CreatableTopic| {
            table.row(what, expected, |raw| create(raw, vec![wanted.clone()], false));
        };
        row("a taken name", Some(E::TopicAlreadyExists), creatable(&taken, 1));
        let alike = taken.replace('.', "_");
        row("a name that differs in dots", Some(E::InvalidTopicException), creatable(&alike, 1));
        row("an empty name", Some(E::InvalidTopicException), creatable("", 1));
        row("a dot", Some(E::InvalidTopicException), creatable(".", 1));
        row("two dots", Some(E::InvalidTopicException), creatable("..", 1));
        row("a blank", Some(E::InvalidTopicException), creatable("a b", 1));
        row("a letter with dots", Some(E::InvalidTopicException), creatable("ä", 1));
        row("250 letters", Some(E::InvalidTopicException), creatable(&"x".repeat(250), 1));
        row("no partitions", Some(E::InvalidPartitions), one(0));
        row("-2 partitions", Some(E::InvalidPartitions), one(-2));
        let copies = |count| one(1).with_replication_factor(count);
        row("two copies", Some(E::InvalidReplicationFactor), copies(2));
        row("no copies", Some(E::InvalidReplicationFactor), copies(0));
        row("-2 copies", Some(E::InvalidReplicationFactor), copies(-2));
        let config = |name, value| configured(one(1), name, value);
        row("an unknown config", Some(E::InvalidConfig), config("colour", Some("red")));
        row("a bad number", Some(E::InvalidConfig), config("retention.ms", Some("soon")));
        row("a number too low", Some(E::InvalidConfig), config("max.message.bytes", Some("-1")));
        row("a bad word", Some(E::InvalidConfig), config("cleanup.policy", Some("burn")));
        row("a null value", Some(E::InvalidConfig), config("retention.ms", None));
        let by_hand = |partitions| placed(one(-1).with_replication_factor(-1), partitions);
        row("a gap", Some(E::InvalidReplicaAssignment), by_hand(&[(1, &[1])]));
        row("an unknown broker", Some(E::InvalidReplicaAssignment), by_hand(&[(0, &[7])]));
        row("a broker twice", Some(E::InvalidReplicaAssignment), by_hand(&[(0, &[1, 1])]));
        row("no broker", Some(E::InvalidReplicaAssignment), by_hand(&[(0, &[])]));
        let both = placed(one(1), &[(0, &[1])]);
        row("a count and places", Some(E::InvalidRequest), both);
        row("defaults", None, one(-1).with_replication_factor(-1));
        let twice = stack.name("twice");
        table.row("a name twice", E::InvalidRequest, |raw| {
            create(raw, vec![creatable(&twice, 1), creatable(&twice, 1)], false)
        });
        let only = stack.name("only");
        table.row("only checked", None, |raw| create(raw, vec![creatable(&only, 1)], true));
        table.row("checked again", None, |raw| create(raw, vec![creatable(&only, 1)], true));
        table.check();
    }

    fn growing(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 2));
        table.row("as many", E::InvalidPartitions, |raw| grow(raw, &name, 2, None));
        table.row("fewer", E::InvalidPartitions, |raw| grow(raw, &name, 1, None));
        table.row("none", E::InvalidPartitions, |raw| grow(raw, &name, 0, None));
        table.row("-1", E::InvalidPartitions, |raw| grow(raw, &name, -1, None));
        let nobody = stack.name("nobody");
        table.row("of no topic", E::UnknownTopicOrPartition, |raw| grow(raw, &nobody, 3, None));
        table.row("on an unknown broker", E::InvalidReplicaAssignment, |raw| {
            grow(raw, &name, 3, Some(&[&[7]]))
        });
        table.row("two places for one", E::InvalidReplicaAssignment, |raw| {
            grow(raw, &name, 3, Some(&[&[1], &[1]]))
        });
        table.row("by one", None, |raw| grow(raw, &name, 3, Some(&[&[1]])));
        table.check();
    }

    fn deleting(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        let id = made(stack, creatable(&name, 1));
        let (unknown, nobody) = (Uuid::from_u128(7), stack.name("nobody"));
        table.row("no topic", E::UnknownTopicOrPartition, |raw| {
            delete(raw, Some(&nobody), Uuid::nil())
        });
        table.row("an unknown id", E::UnknownTopicId, |raw| delete(raw, None, unknown));
        table.row("a name and an id", E::InvalidRequest, |raw| delete(raw, Some(&name), id));
        table.row("neither", E::InvalidRequest, |raw| delete(raw, None, Uuid::nil()));
        table.row("a bad name", E::UnknownTopicOrPartition, |raw| {
            delete(raw, Some("a b"), Uuid::nil())
        });
        table.row("an id", None, |raw| delete(raw, None, id));
        table.row("the same id", E::UnknownTopicId, |raw| delete(raw, None, id));
        table.check();
    }

    fn deleting_records(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let kept = stack.name("kept");
        made(stack, configured(creatable(&kept, 1), "cleanup.policy", Some("compact")));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, partition, before| {
            table.row(what, expected, |raw| delete_records(raw, name, partition, before));
        };
        row("after the end", Some(E::OffsetOutOfRange), &name, 0, 1);
        row("before the start of all", Some(E::OffsetOutOfRange), &name, 0, -2);
        row("an unknown partition", Some(E::UnknownTopicOrPartition), &name, 9, 0);
        row("an unknown topic", Some(E::UnknownTopicOrPartition), &nobody, 0, 0);
        row("a compacted topic", Some(E::PolicyViolation), &kept, 0, 0);
        row("none", None, &name, 0, 0);
        row("all", None, &name, 0, -1);
        table.check();
    }

    fn asking(stack: &Stack) {
        let mut table = Table::new(stack);
        let nobody = stack.name("nobody");
        let nil = Uuid::nil();
        table.row("no topic", E::UnknownTopicOrPartition, |raw| metadata(raw, Some(&nobody), nil));
        table.row("a bad name", E::InvalidTopicException, |raw| metadata(raw, Some("a b"), nil));
        table.row("no topic, by pages", E::UnknownTopicOrPartition, |raw| page(raw, &nobody, 0));
        table.row("a bad name, by pages", E::InvalidTopicException, |raw| page(raw, "a b", 0));
        table.row("from before the first", E::InvalidRequest, |raw| page(raw, &nobody, -1));
        table.row("an unknown id", E::UnknownTopicId, |raw| {
            metadata(raw, None, Uuid::from_u128(7))
        });
        table.check();
    }
}
