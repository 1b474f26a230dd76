//! Members of a group to which the broker assigns (KIP-848), after a restart.

use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::{ConsumerGroupHeartbeatRequest, GroupId, OffsetCommitRequest};

use super::fixture::Kept;
use crate::embedded::broker::raw::Raw;
use crate::embedded::broker::versions::{text, topic};

const UNKNOWN_MEMBER: i16 = 25;

fn beat(kept: &Kept, epoch: i32) -> (i16, i32) {
    let request = ConsumerGroupHeartbeatRequest::default()
        .with_group_id(GroupId(text("clerks")))
        .with_member_id(text("anna"))
        .with_member_epoch(epoch)
        .with_rebalance_timeout_ms(10_000)
        .with_subscribed_topic_names(Some(vec![topic("orders")]))
        .with_topic_partitions(Some(Vec::new()));
    let answer = Raw::connect(&kept.bed().broker).call(1, &request);
    (answer.error_code, answer.member_epoch)
}

/// Offsets are kept, members are not: those that live are told to join again.
#[test]
fn members_join_again() {
    let mut kept = Kept::new();
    kept.bed().topic("orders", 1);
    assert_eq!(beat(&kept, 0), (0, 1));
    let wanted = OffsetCommitRequestPartition::default().with_committed_offset(7);
    let wanted = OffsetCommitRequestTopic::default()
        .with_name(topic("orders"))
        .with_partitions(vec![wanted]);
    let request = OffsetCommitRequest::default()
        .with_group_id(GroupId(text("clerks")))
        .with_member_id(text("anna"))
        .with_generation_id_or_member_epoch(1)
        .with_topics(vec![wanted]);
    let answer = Raw::connect(&kept.bed().broker).call(9, &request);
    assert_eq!(answer.topics[0].partitions[0].error_code, 0);
    kept.restart();
    assert_eq!(beat(&kept, 1).0, UNKNOWN_MEMBER);
    assert_eq!(beat(&kept, 0), (0, 1));
}
