//! Members of groups to which the broker assigns (KIP-848).

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::consumer_group_heartbeat_request::TopicPartitions;
use kafka_protocol::messages::join_group_request::JoinGroupRequestProtocol;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_fetch_request::OffsetFetchRequestGroup;
use kafka_protocol::messages::*;

use super::super::raw::Raw;
use super::super::transactions::wire::until;
use super::super::versions::{BLOB, text, topic};
use super::offsets::delete as delete_offset;
use super::sample::{creatable, group, made};
use super::table::Table;
use crate::support::on_each_stack;

type Beat = ConsumerGroupHeartbeatRequest;

/// A request to join `name`, on which a test changes what is wrong.
pub fn join(name: &str, member: &str, of: &str) -> Beat {
    Beat::default()
        .with_group_id(group(name))
        .with_member_id(text(member))
        .with_instance_id(None)
        .with_rack_id(None)
        .with_rebalance_timeout_ms(30_000)
        .with_subscribed_topic_names(Some(vec![topic(of)]))
        .with_subscribed_topic_regex(None)
        .with_server_assignor(None)
        .with_topic_partitions(Some(Vec::new()))
}

/// A heartbeat of `member` with nothing new.
fn beat(name: &str, member: &str, epoch: i32) -> Beat {
    let owned = vec![TopicPartitions::default().with_topic_id(uuid::Uuid::from_u128(9))];
    let owned = owned.into_iter().map(|owned| owned.with_partitions(vec![7])).collect();
    join(name, member, "")
        .with_member_epoch(epoch)
        .with_rebalance_timeout_ms(-1)
        .with_subscribed_topic_names(None)
        .with_topic_partitions(Some(owned))
}

fn commit(name: &str, member: &str, epoch: i32, to: &str) -> OffsetCommitRequest {
    let wanted = OffsetCommitRequestPartition::default().with_committed_offset(7);
    let wanted =
        OffsetCommitRequestTopic::default().with_name(topic(to)).with_partitions(vec![wanted]);
    OffsetCommitRequest::default()
        .with_group_id(group(name))
        .with_member_id(text(member))
        .with_generation_id_or_member_epoch(epoch)
        .with_topics(vec![wanted])
}

fn committed(raw: &mut Raw, version: i16, request: &OffsetCommitRequest) -> i16 {
    raw.call(version, request).topics[0].partitions[0].error_code
}

fn fetch(raw: &mut Raw, name: &str, member: Option<&str>, epoch: i32) -> i16 {
    let one = OffsetFetchRequestGroup::default()
        .with_group_id(group(name))
        .with_member_id(member.map(text))
        .with_member_epoch(epoch)
        .with_topics(None);
    raw.call(9, &OffsetFetchRequest::default().with_groups(vec![one])).groups[0].error_code
}

/// Joins `name` as `member`, however long the coordinator takes: its epoch.
fn joined(raw: &mut Raw, request: &Beat) -> i32 {
    let mut answer = raw.call(1, request);
    until(|| {
        if [14, 15, 16].contains(&answer.error_code) {
            answer = raw.call(1, request);
        }
        ![14, 15, 16].contains(&answer.error_code)
    });
    assert_eq!(answer.error_code, 0);
    answer.member_epoch
}

on_each_stack! {
    fn joining(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let mut row = |what: &str, expected: Option<E>, request: Beat| {
            table.row(what, expected, |raw| raw.call(1, &request).error_code);
        };
        let anna = || join(&clerks, "anna", &orders);
        row("no group", Some(E::InvalidRequest), join("", "anna", &orders));
        row("no member", Some(E::InvalidRequest), join(&clerks, "", &orders));
        row("an empty instance", Some(E::InvalidRequest), anna().with_instance_id(Some(text(""))));
        row("an empty rack", Some(E::InvalidRequest), anna().with_rack_id(Some(text(""))));
        row("no timeout", Some(E::InvalidRequest), anna().with_rebalance_timeout_ms(-1));
        row("nothing said of partitions", Some(E::InvalidRequest), anna().with_topic_partitions(None));
        let owned = TopicPartitions::default().with_partitions(vec![0]);
        row("partitions", Some(E::InvalidRequest), anna().with_topic_partitions(Some(vec![owned])));
        row("no topics", Some(E::InvalidRequest), anna().with_subscribed_topic_names(None));
        let other = anna().with_server_assignor(Some(text("lottery")));
        row("an unknown assignor", Some(E::UnsupportedAssignor), other);
        let broken = anna().with_subscribed_topic_regex(Some(text("(")));
        row("a broken expression", Some(E::InvalidRegularExpression), broken);
        row("no such epoch", Some(E::InvalidRequest), anna().with_member_epoch(-3));
        row("a member of no group", Some(E::GroupIdNotFound), beat(&stack.name("x"), "anna", 1));
        row("leaving no group", Some(E::GroupIdNotFound), beat(&stack.name("x"), "anna", -1));
        row("all is well", None, anna());
        row("away without an instance", Some(E::InvalidRequest), beat(&clerks, "anna", -2));
        row("leaving", None, beat(&clerks, "anna", -1));
        row("leaving again", Some(E::UnknownMemberId), beat(&clerks, "anna", -1));
        row("a member of an empty group", Some(E::UnknownMemberId), beat(&clerks, "anna", 1));
        table.row("an id from the broker", None, |raw| {
            let request = join(&clerks, "", &orders);
            raw.call(0, &request).error_code
        });
        table.check();
    }

    fn staying(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let mut raw = Raw::to(stack.broker());
        joined(&mut raw, &join(&clerks, "anna", &orders));
        // The answer may have been lost.
        let epoch = joined(&mut raw, &join(&clerks, "anna", &orders));
        joined(&mut raw, &join(&clerks, "berta", &orders));
        let mut row = |what: &str, expected: Option<E>, request: Beat| {
            table.row(what, expected, |raw| raw.call(1, &request).error_code);
        };
        row("an unknown member", Some(E::UnknownMemberId), beat(&clerks, "zoe", 1));
        row("a later epoch", Some(E::FencedMemberEpoch), beat(&clerks, "anna", epoch + 7));
        row("the epoch", None, beat(&clerks, "anna", epoch).with_topic_partitions(None));
        row("joining again", Some(E::FencedMemberEpoch), join(&clerks, "anna", &orders));
        table.row("deleting with members", E::NonEmptyGroup, |raw| {
            let request = DeleteGroupsRequest::default().with_groups_names(vec![group(&clerks)]);
            raw.call(2, &request).results[0].error_code
        });
        for name in ["anna", "berta"] {
            table.row("leaving", None, |raw| raw.call(1, &beat(&clerks, name, -1)).error_code);
        }
        table.row("deleting", None, |raw| {
            let request = DeleteGroupsRequest::default().with_groups_names(vec![group(&clerks)]);
            raw.call(2, &request).results[0].error_code
        });
        table.check();
    }

    fn static_members(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let desk = |request: Beat| request.with_instance_id(Some(text("desk")));
        let mut raw = Raw::to(stack.broker());
        let epoch = joined(&mut raw, &desk(join(&clerks, "anna", &orders)));
        let mut row = |what: &str, expected: Option<E>, request: Beat| {
            table.row(what, expected, |raw| raw.call(1, &request).error_code);
        };
        let berta = || desk(join(&clerks, "berta", &orders));
        row("a taken place", Some(E::UnreleasedInstanceId), berta());
        row("somebody else's place", Some(E::FencedInstanceId), desk(beat(&clerks, "berta", epoch)));
        let chair = beat(&clerks, "anna", epoch).with_instance_id(Some(text("chair")));
        row("an unknown place", Some(E::UnknownMemberId), chair);
        row("leaving another's place", Some(E::FencedInstanceId), desk(beat(&clerks, "berta", -2)));
        row("going away", None, desk(beat(&clerks, "anna", -2)));
        row("coming back as another", None, berta());
        row("the first is out", Some(E::FencedInstanceId), desk(beat(&clerks, "anna", epoch)));
        row("leaving", None, desk(beat(&clerks, "berta", -1)));
        table.check();
    }

    fn offsets(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let mut raw = Raw::to(stack.broker());
        let epoch = joined(&mut raw, &join(&clerks, "anna", &orders));
        let mut row = |what: &str, expected: Option<E>, version, member: &str, epoch| {
            let request = commit(&clerks, member, epoch, &orders);
            table.row(what, expected, |raw| committed(raw, version, &request));
        };
        row("a member", None, 9, "anna", epoch);
        row("a later epoch", Some(E::StaleMemberEpoch), 9, "anna", epoch + 1);
        row("an unknown member", Some(E::UnknownMemberId), 9, "zoe", epoch);
        row("nobody", Some(E::UnknownMemberId), 9, "", -1);
        row("an old client", Some(E::UnsupportedVersion), 8, "anna", epoch);
        let mut row = |what: &str, expected: Option<E>, member, epoch| {
            table.row(what, expected, |raw| fetch(raw, &clerks, member, epoch));
        };
        row("a member fetches", None, Some("anna"), epoch);
        row("with another epoch", Some(E::StaleMemberEpoch), Some("anna"), epoch + 1);
        row("a stranger fetches", Some(E::UnknownMemberId), Some("zoe"), epoch);
        row("a tool fetches", None, None, -1);
        table.row("a topic it reads", E::GroupSubscribedToTopic, |raw| {
            delete_offset(raw, &clerks, &orders, 0)
        });
        table.row("leaving", None, |raw| raw.call(1, &beat(&clerks, "anna", -1)).error_code);
        let free = commit(&clerks, "", -1, &orders);
        table.row("nobody, once it is empty", None, |raw| committed(raw, 9, &free));
        table.check();
    }

    /// A group speaks one protocol at a time; an empty one takes another, and keeps its offsets.
    fn two_protocols(stack: &Stack) {
        let mut table = Table::new(stack);
        let (clerks, orders) = (stack.name("clerks"), stack.name("orders"));
        made(stack, creatable(&orders, 2));
        let protocol = JoinGroupRequestProtocol::default();
        let protocol = protocol.with_name(text("range")).with_metadata(BLOB);
        let classic = |member: &str, kind| {
            JoinGroupRequest::default()
                .with_group_id(group(&clerks))
                .with_session_timeout_ms(30_000)
                .with_rebalance_timeout_ms(30_000)
                .with_member_id(text(member))
                .with_protocol_type(text(kind))
                .with_protocols(vec![protocol.clone()])
        };
        let describe = |raw: &mut Raw, version| {
            let request = DescribeGroupsRequest::default().with_groups(vec![group(&clerks)]);
            raw.call(version, &request).groups[0].error_code
        };
        let describe_new = |raw: &mut Raw| {
            let request = ConsumerGroupDescribeRequest::default();
            let request = request.with_group_ids(vec![group(&clerks)]);
            raw.call(1, &request).groups[0].error_code
        };
        let free = commit(&clerks, "", -1, &orders);
        table.row("a commit makes a classic group", None, |raw| committed(raw, 9, &free));
        table.row("described as such", None, |raw| describe(raw, 6));
        table.row("not as the other", E::GroupIdNotFound, describe_new);
        let anna = join(&clerks, "anna", &orders);
        table.row("a member by the new protocol", None, |raw| raw.call(1, &anna).error_code);
        table.row("described as such", None, describe_new);
        table.row("not as classic", E::GroupIdNotFound, |raw| describe(raw, 6));
        table.row("nor before", None, |raw| describe(raw, 5));
        table.row("the offset is there", None, |raw| {
            let wanted = OffsetFetchRequestGroup::default().with_group_id(group(&clerks));
            let wanted = OffsetFetchRequest::default().with_groups(vec![wanted.with_topics(None)]);
            let answer = raw.call(8, &wanted);
            assert_eq!(answer.groups[0].topics[0].partitions[0].committed_offset, 7);
            0
        });
        table.row("a worker cannot join", E::InconsistentGroupProtocol, |raw| {
            raw.call(9, &classic("", "connect")).error_code
        });
        table.row("nor beat", E::UnknownMemberId, |raw| {
            let beat = HeartbeatRequest::default().with_group_id(group(&clerks));
            raw.call(4, &beat.with_member_id(text("x"))).error_code
        });
        table.row("leaving", None, |raw| raw.call(1, &beat(&clerks, "anna", -1)).error_code);
        let mut id = text("");
        table.row("a worker joins the empty group", E::MemberIdRequired, |raw| {
            let answer = raw.call(9, &classic("", "connect"));
            id = answer.member_id;
            answer.error_code
        });
        table.row("with its id", None, |raw| raw.call(9, &classic(&id, "connect")).error_code);
        table.row("and nobody else", E::GroupIdNotFound, |raw| raw.call(1, &anna).error_code);
        table.check();
    }
}
