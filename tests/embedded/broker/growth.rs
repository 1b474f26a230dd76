//! What clients leave behind does not grow without end.

use kafka_protocol::messages::describe_producers_request::TopicRequest;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_delete_request::{
    OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use kafka_protocol::messages::{
    DescribeProducersRequest, GroupId, ListGroupsRequest, OffsetCommitRequest, OffsetDeleteRequest,
};

use super::batch::{EMPTY, batch, send};
use super::fixture::Bed;
use super::raw::Raw;
use super::versions::{text, topic};

fn commit(raw: &mut Raw, group: &str) {
    let wanted = OffsetCommitRequestPartition::default().with_committed_offset(7);
    let wanted = OffsetCommitRequestTopic::default()
        .with_name(topic("orders"))
        .with_partitions(vec![wanted]);
    let request = OffsetCommitRequest::default().with_group_id(GroupId(text(group)));
    let answer = raw.call(8, &request.with_topics(vec![wanted]));
    assert_eq!(answer.topics[0].partitions[0].error_code, 0);
}

fn forget(raw: &mut Raw, group: &str) {
    let wanted = OffsetDeleteRequestTopic::default()
        .with_name(topic("orders"))
        .with_partitions(vec![OffsetDeleteRequestPartition::default()]);
    let request = OffsetDeleteRequest::default().with_group_id(GroupId(text(group)));
    assert_eq!(raw.call(0, &request.with_topics(vec![wanted])).error_code, 0);
}

#[test]
fn groups_with_neither_members_nor_offsets_go() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    commit(&mut raw, "clerks");
    for number in 1..1000 {
        let group = format!("group{number}");
        commit(&mut raw, &group);
        forget(&mut raw, &group);
    }
    commit(&mut raw, "last");
    let groups = raw.call(4, &ListGroupsRequest::default()).groups;
    let names: Vec<_> = groups.iter().map(|group| group.group_id.as_str()).collect();
    assert_eq!(names, ["clerks", "last"]);
}

#[test]
fn producers_that_have_been_idle_for_a_day_go() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let mut raw = Raw::connect(&bed.broker);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = now.as_millis() as i64;
    for producer in 0..1000 {
        let time = if producer == 7 { now } else { 1000 };
        assert_eq!(send(&mut raw, batch((time, time), (producer, 0, 0), EMPTY)).0, 0);
    }
    assert_eq!(send(&mut raw, batch((now, now), (5000, 0, 0), EMPTY)).0, 0);
    let wanted = TopicRequest::default().with_name(topic("orders")).with_partition_indexes(vec![0]);
    let answer = raw.call(0, &DescribeProducersRequest::default().with_topics(vec![wanted]));
    let known = &answer.topics[0].partitions[0].active_producers;
    let ids: Vec<_> = known.iter().map(|producer| producer.producer_id.0).collect();
    assert_eq!(ids, [7, 5000]);
}
