//! Offsets of groups of the classic protocol.

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_delete_request::{
    OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use kafka_protocol::messages::offset_fetch_request::{
    OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};
use kafka_protocol::messages::*;

use super::super::fixture::take;
use super::super::raw::Raw;
use super::super::versions::{text, topic};
use super::records::send;
use super::sample::{creatable, group, made};
use super::table::Table;
use crate::support::{Stack, on_each_stack};

fn commit(name: &str, to: &str, partition: i32) -> OffsetCommitRequest {
    let wanted = OffsetCommitRequestPartition::default()
        .with_partition_index(partition)
        .with_committed_offset(7)
        .with_committed_metadata(None);
    let wanted =
        OffsetCommitRequestTopic::default().with_name(topic(to)).with_partitions(vec![wanted]);
    OffsetCommitRequest::default().with_group_id(group(name)).with_topics(vec![wanted])
}

pub fn delete(raw: &mut Raw, name: &str, of: &str, partition: i32) -> i16 {
    let wanted = OffsetDeleteRequestPartition::default().with_partition_index(partition);
    let wanted =
        OffsetDeleteRequestTopic::default().with_name(topic(of)).with_partitions(vec![wanted]);
    let request = OffsetDeleteRequest::default().with_group_id(group(name));
    let answer = raw.call(0, &request.with_topics(vec![wanted]));
    match answer.error_code {
        0 => answer.topics[0].partitions[0].error_code,
        code => code,
    }
}

fn fetch(raw: &mut Raw, name: &str, member: Option<&str>, epoch: i32, of: &str) -> i16 {
    let wanted = OffsetFetchRequestTopics::default().with_name(topic(of));
    let one = OffsetFetchRequestGroup::default()
        .with_group_id(group(name))
        .with_member_id(member.map(text))
        .with_member_epoch(epoch)
        .with_topics(Some(vec![wanted.with_partition_indexes(vec![0])]));
    let answer = raw.call(9, &OffsetFetchRequest::default().with_groups(vec![one]));
    match answer.groups[0].error_code {
        0 => answer.groups[0].topics[0].partitions[0].error_code,
        code => code,
    }
}

on_each_stack! {
    fn committing(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, request: OffsetCommitRequest| {
            table.row(what, expected, |raw| {
                raw.call(9, &request).topics[0].partitions[0].error_code
            });
        };
        row("no topic", Some(E::UnknownTopicOrPartition), commit(&clerks, &nobody, 0));
        row("an unknown partition", Some(E::UnknownTopicOrPartition), commit(&clerks, &orders, 9));
        let stranger = commit(&clerks, &nobody, 0).with_generation_id_or_member_epoch(1);
        row("a member, no topic", Some(E::UnknownTopicOrPartition), stranger);
        table.row("no group comes of it", E::GroupIdNotFound, |raw| {
            let request = DescribeGroupsRequest::default().with_groups(vec![group(&clerks)]);
            raw.call(6, &request).groups[0].error_code
        });
        let mut row = |what: &str, expected: Option<E>, request: OffsetCommitRequest| {
            table.row(what, expected, |raw| {
                raw.call(9, &request).topics[0].partitions[0].error_code
            });
        };
        let mut long = commit(&clerks, &orders, 0);
        long.topics[0].partitions[0].committed_metadata = Some(text(&"x".repeat(4097)));
        row("too long a note", Some(E::OffsetMetadataTooLarge), long);
        let member = commit(&nobody, &orders, 0).with_generation_id_or_member_epoch(1);
        let member = member.with_member_id(text("x"));
        row("a member of no group", Some(E::GroupIdNotFound), member.clone());
        table.row("the same, before", E::IllegalGeneration, |raw| {
            raw.call(8, &member).topics[0].partitions[0].error_code
        });
        let mut row = |what: &str, expected: Option<E>, request: OffsetCommitRequest| {
            table.row(what, expected, |raw| {
                raw.call(9, &request).topics[0].partitions[0].error_code
            });
        };
        row("nobody in particular", None, commit(&clerks, &orders, 0));
        let member = commit(&clerks, &orders, 0).with_generation_id_or_member_epoch(1);
        row("a member of an empty group", Some(E::UnknownMemberId), member.with_member_id(text("x")));
        table.check();
    }

    /// Besides a member that is subscribed.
    fn beside_a_member(stack: &Stack) {
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        let other = stack.name("bills");
        made(stack, creatable(&orders, 1));
        made(stack, creatable(&other, 1));
        let mut table = Table::new(stack);
        table.row("before", None, |raw| {
            raw.call(9, &commit(&clerks, &other, 0)).topics[0].partitions[0].error_code
        });
        table.row("a record", None, |raw| send(raw, &orders));
        let mut config = rdkafka::ClientConfig::new();
        config.set("bootstrap.servers", stack.broker()).set("group.id", &clerks);
        config.set("auto.offset.reset", "earliest").set("enable.auto.commit", "false");
        let consumer: rdkafka::consumer::BaseConsumer = config.create().unwrap();
        rdkafka::consumer::Consumer::subscribe(&consumer, &[&orders]).unwrap();
        take(&consumer, 1);
        let mut row = |what: &str, expected: Option<E>, request: OffsetCommitRequest| {
            table.row(what, expected, |raw| {
                raw.call(9, &request).topics[0].partitions[0].error_code
            });
        };
        row("nobody commits", Some(E::UnknownMemberId), commit(&clerks, &orders, 0));
        let generation = commit(&clerks, &orders, 0).with_generation_id_or_member_epoch(1);
        row("a stranger", Some(E::UnknownMemberId), generation.with_member_id(text("x")));
        table.row("a topic it reads", E::GroupSubscribedToTopic, |raw| {
            delete(raw, &clerks, &orders, 0)
        });
        table.row("another topic", None, |raw| delete(raw, &clerks, &other, 0));
        let ids = consumer_member(stack, &clerks);
        let old = commit(&clerks, &orders, 0).with_member_id(text(&ids));
        table.row("an old generation", E::IllegalGeneration, |raw| {
            let request = old.clone().with_generation_id_or_member_epoch(99);
            raw.call(9, &request).topics[0].partitions[0].error_code
        });
        table.check();
    }

    fn deleting(stack: &Stack) {
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let nobody = stack.name("nobody");
        let mut table = Table::new(stack);
        table.row("no group", E::InvalidGroupId, |raw| delete(raw, "", &orders, 0));
        table.row("an unknown group", E::GroupIdNotFound, |raw| delete(raw, &nobody, &orders, 0));
        table.row("a commit", None, |raw| {
            raw.call(9, &commit(&clerks, &orders, 0)).topics[0].partitions[0].error_code
        });
        table.row("no topic", E::UnknownTopicOrPartition, |raw| delete(raw, &clerks, &nobody, 0));
        table.row("an unknown partition", E::UnknownTopicOrPartition, |raw| {
            delete(raw, &clerks, &orders, 9)
        });
        table.row("never committed", None, |raw| delete(raw, &clerks, &orders, 1));
        table.row("committed", None, |raw| delete(raw, &clerks, &orders, 0));
        table.check();
    }

    fn fetching(stack: &Stack) {
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 1));
        let nobody = stack.name("nobody");
        let mut table = Table::new(stack);
        table.row("a commit", None, |raw| {
            raw.call(9, &commit(&clerks, &orders, 0)).topics[0].partitions[0].error_code
        });
        let mut row = |what: &str, expected: Option<E>, name: &str, member, epoch| {
            table.row(what, expected, |raw| fetch(raw, name, member, epoch, &orders));
        };
        row("an unnamed group", None, "", None, -1);
        row("an unknown group", None, &nobody, None, -1);
        row("a member of an unknown group", None, &nobody, Some("x"), 1);
        row("a member of a classic group", None, &clerks, Some("x"), 1);
        row("nobody", None, &clerks, None, -1);
        table.row("no topic", None, |raw| fetch(raw, &clerks, None, -1, &nobody));
        table.check();
    }
}

/// The id of the only member of `name`.
fn consumer_member(stack: &Stack, name: &str) -> String {
    let request = DescribeGroupsRequest::default().with_groups(vec![group(name)]);
    let answer = Raw::to(stack.broker()).call(5, &request);
    answer.groups[0].members[0].member_id.to_string()
}
