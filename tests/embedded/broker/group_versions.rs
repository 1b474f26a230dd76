//! The APIs of consumer groups at every version: a member joins, syncs, commits and leaves.

use kafka_protocol::messages::join_group_request::JoinGroupRequestProtocol;
use kafka_protocol::messages::leave_group_request::MemberIdentity;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_delete_request::{
    OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use kafka_protocol::messages::offset_fetch_request::{
    OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
};
use kafka_protocol::messages::sync_group_request::SyncGroupRequestAssignment;
use kafka_protocol::messages::*;
use kafka_protocol::protocol::StrBytes;

use super::versions::{BLOB, Tour, text, topic};

const MEMBER_ID_REQUIRED: i16 = 79;
const GROUP_ID_NOT_FOUND: i16 = 69;

fn group(version: i16) -> GroupId {
    GroupId(text(&format!("group{version}")))
}

pub fn groups(tour: &mut Tour) {
    tour.every(
        |version| match version {
            4.. => FindCoordinatorRequest::default().with_coordinator_keys(vec![text("group")]),
            _ => FindCoordinatorRequest::default().with_key(text("group")),
        },
        |version, answer| match version {
            4.. => assert_eq!(answer.coordinators[0].node_id, 1),
            _ => assert_eq!(answer.node_id, 1),
        },
    );
    let join = |version| join(version, StrBytes::default());
    tour.every(join, |version, answer| {
        let expected = if version >= 4 { MEMBER_ID_REQUIRED } else { 0 };
        assert_eq!(answer.error_code, expected);
        assert!(answer.member_id.starts_with("raw-"), "{}", answer.member_id);
    });
    let member = member(tour);
    in_the_group(tour, &member);
    describe(tour);
    leave(tour, &member);
    offsets_of_nobody(tour);
    assigned_by_the_broker(tour);
    tour.every(
        |version| DeleteGroupsRequest::default().with_groups_names(vec![group(version + 20)]),
        |_, answer| assert_eq!(answer.results[0].error_code, 0),
    );
}

fn join(version: i16, member: StrBytes) -> JoinGroupRequest {
    let protocol = JoinGroupRequestProtocol::default().with_name(text("range")).with_metadata(BLOB);
    let request = JoinGroupRequest::default()
        .with_group_id(group(version))
        .with_session_timeout_ms(10_000)
        .with_member_id(member)
        .with_protocol_type(text("consumer"))
        .with_protocols(vec![protocol]);
    if version >= 1 { request.with_rebalance_timeout_ms(10_000) } else { request }
}

/// The group that one member joins for good.
const GROUP: i16 = 50;

/// The id of that member.
fn member(tour: &mut Tour) -> StrBytes {
    let request = join(tour.last(ApiKey::JoinGroup), StrBytes::default());
    let request = request.with_group_id(group(GROUP));
    tour.raw.call(tour.last(ApiKey::JoinGroup), &request).member_id
}

fn in_the_group(tour: &mut Tour, member: &StrBytes) {
    let newest = tour.last(ApiKey::JoinGroup);
    let joined = tour.raw.call(newest, &join(newest, member.clone()).with_group_id(group(GROUP)));
    assert_eq!((joined.error_code, &joined.leader, joined.members.len()), (0, member, 1));
    let generation = joined.generation_id;
    let sync = |version: i16| {
        let assignment = SyncGroupRequestAssignment::default()
            .with_member_id(member.clone())
            .with_assignment(BLOB);
        let request = SyncGroupRequest::default()
            .with_group_id(group(GROUP))
            .with_generation_id(generation)
            .with_member_id(member.clone())
            .with_assignments(vec![assignment]);
        match version {
            5.. => request
                .with_protocol_type(Some(text("consumer")))
                .with_protocol_name(Some(text("range"))),
            _ => request,
        }
    };
    tour.every(sync, |_, answer| assert_eq!((answer.error_code, answer.assignment), (0, BLOB)));
    let beat = |_| {
        HeartbeatRequest::default()
            .with_group_id(group(GROUP))
            .with_generation_id(generation)
            .with_member_id(member.clone())
    };
    tour.every(beat, |_, answer| assert_eq!(answer.error_code, 0));
    let commit = |_| {
        commit()
            .with_group_id(group(GROUP))
            .with_member_id(member.clone())
            .with_generation_id_or_member_epoch(generation)
    };
    tour.every(commit, |_, answer| {
        let done = &answer.topics[0].partitions;
        assert_eq!((done[0].error_code, done[1].error_code), (0, 3));
    });
}

fn commit() -> OffsetCommitRequest {
    let partition = |index| {
        let partition = OffsetCommitRequestPartition::default().with_partition_index(index);
        partition.with_committed_offset(7)
    };
    let wanted = OffsetCommitRequestTopic::default()
        .with_name(topic("orders"))
        .with_partitions(vec![partition(0), partition(9)]);
    OffsetCommitRequest::default().with_topics(vec![wanted])
}

fn describe(tour: &mut Tour) {
    let describe = |_| {
        let groups = vec![group(GROUP), group(99)];
        DescribeGroupsRequest::default().with_groups(groups)
    };
    tour.every(describe, |_, answer| {
        let states: Vec<_> = answer.groups.iter().map(|group| &*group.group_state).collect();
        assert_eq!(states, [text("Stable"), text("Dead")].each_ref().map(|s| &**s));
        assert_eq!(answer.groups[0].members[0].member_assignment, BLOB);
    });
    tour.every(
        |_| ConsumerGroupDescribeRequest::default().with_group_ids(vec![group(GROUP)]),
        |_, answer| assert_eq!(answer.groups[0].error_code, GROUP_ID_NOT_FOUND),
    );
    tour.every(
        |_| ListGroupsRequest::default(),
        |version, answer| {
            let found = answer.groups.iter().find(|one| one.group_id == group(GROUP)).unwrap();
            assert_eq!(&*found.group_state, if version >= 4 { "Stable" } else { "" });
        },
    );
}

/// A member, to whom the broker assigns (KIP-848), is told so and described with all it has.
fn assigned_by_the_broker(tour: &mut Tour) {
    let beat = |version| {
        ConsumerGroupHeartbeatRequest::default()
            .with_group_id(group(version + 60))
            .with_member_id(text("anna"))
            .with_rebalance_timeout_ms(10_000)
            .with_subscribed_topic_names(Some(vec![topic("orders")]))
            .with_topic_partitions(Some(Vec::new()))
    };
    tour.every(beat, |_, answer| {
        assert_eq!((answer.error_code, answer.member_epoch), (0, 1));
        let assigned = &answer.assignment.unwrap().topic_partitions[0];
        assert_eq!(assigned.partitions, [0, 1]);
    });
    tour.every(
        |_| ConsumerGroupDescribeRequest::default().with_group_ids(vec![group(60), group(99)]),
        |_, answer| {
            let found = &answer.groups[0];
            assert_eq!((found.error_code, &*found.group_state), (0, "Stable"));
            let assigned = &found.members[0].assignment.topic_partitions[0];
            assert_eq!((&**assigned.topic_name, &*assigned.partitions), ("orders", &[0, 1][..]));
            assert_eq!(answer.groups[1].error_code, GROUP_ID_NOT_FOUND);
        },
    );
}

fn leave(tour: &mut Tour, member: &StrBytes) {
    let last = tour.last(ApiKey::LeaveGroup);
    let leave = |version: i16| {
        let request = LeaveGroupRequest::default().with_group_id(group(GROUP));
        let id = if version == last { member.clone() } else { text("nobody") };
        match version {
            3.. => request.with_members(vec![MemberIdentity::default().with_member_id(id)]),
            _ => request.with_member_id(id),
        }
    };
    tour.every(leave, |version, answer| match version {
        3.. if version == last => assert_eq!(answer.members[0].error_code, 0),
        3.. => assert_eq!(answer.members[0].error_code, 25),
        _ => assert_eq!(answer.error_code, 25),
    });
}

fn offsets_of_nobody(tour: &mut Tour) {
    for version in 20..23 {
        let answer = tour.raw.call(9, &commit().with_group_id(group(version)));
        assert_eq!(answer.topics[0].partitions[0].error_code, 0);
    }
    let fetch = |version: i16| {
        let request = OffsetFetchRequest::default();
        if version >= 8 {
            let wanted = OffsetFetchRequestTopics::default()
                .with_name(topic("orders"))
                .with_partition_indexes(vec![0, 1]);
            let one = OffsetFetchRequestGroup::default().with_group_id(group(20));
            let all = one.clone().with_topics(None);
            return request.with_groups(vec![one.with_topics(Some(vec![wanted])), all]);
        }
        let wanted = OffsetFetchRequestTopic::default()
            .with_name(topic("orders"))
            .with_partition_indexes(vec![0, 1]);
        request.with_group_id(group(20)).with_topics(Some(vec![wanted]))
    };
    tour.every(fetch, |version, answer| {
        let found: Vec<_> = match version {
            8.. => {
                answer.groups[0].topics[0].partitions.iter().map(|p| p.committed_offset).collect()
            }
            _ => answer.topics[0].partitions.iter().map(|p| p.committed_offset).collect(),
        };
        assert_eq!(found, [7, -1]);
    });
    let forget = |_| {
        let wanted = OffsetDeleteRequestTopic::default()
            .with_name(topic("orders"))
            .with_partitions(vec![OffsetDeleteRequestPartition::default()]);
        OffsetDeleteRequest::default().with_group_id(group(20)).with_topics(vec![wanted])
    };
    tour.every(forget, |_, answer| assert_eq!(answer.topics[0].partitions[0].error_code, 0));
}
