//! Groups to which the broker assigns, and their members (KIP-848).

use std::sync::Arc;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::consumer_group_describe_response::{
    Assignment as Described, DescribedGroup, Member as DescribedMember, TopicPartitions,
};
use kafka_protocol::messages::{
    ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse, GroupId,
};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::consumer::{Assignment, Group, Member};
use crate::embedded::broker::groups::{DEAD, Protocol, SharedGroup};
use crate::embedded::broker::wire::{Call, ItemError, group_id, nullable, text, topic_name};

/// The first version that tells the protocol a member speaks.
const MEMBER_TYPE: i16 = 1;
/// A member that speaks the protocol of KIP-848.
const CONSUMER: i8 = 1;

/// Describes each group; of classic ones clients ask with `DescribeGroups`.
pub fn handle(call: &Call, request: ConsumerGroupDescribeRequest) -> ConsumerGroupDescribeResponse {
    let describe = |id: &GroupId| match find(call.node.groups.get(id), id, call.version) {
        Ok(described) => described,
        Err(fault) => DescribedGroup::default()
            .with_error_code(fault.error.code())
            .with_error_message(nullable(Some(&fault.message)))
            .with_group_id(group_id(id))
            .with_group_state(text(DEAD)),
    };
    ConsumerGroupDescribeResponse::default()
        .with_groups(request.group_ids.iter().map(describe).collect())
}

fn find(
    shared: Option<Arc<SharedGroup>>,
    id: &str,
    version: i16,
) -> Result<DescribedGroup, ItemError> {
    let missing = |message| ItemError::new(ResponseError::GroupIdNotFound, message);
    let shared = shared.ok_or_else(|| missing(format!("Group {id} not found.")))?;
    shared.with(|group| match &group.protocol {
        Protocol::Consumer(group) => Ok(describe(group, id, version)),
        Protocol::Classic(_) => Err(missing(format!("Group {id} is not a consumer group."))),
    })
}

fn describe(group: &Group, id: &str, version: i16) -> DescribedGroup {
    let members = group.members.values().map(|member| describe_member(group, member, version));
    DescribedGroup::default()
        .with_error_message(None)
        .with_group_id(group_id(id))
        .with_group_state(text(group.state()))
        .with_group_epoch(group.epoch)
        .with_assignment_epoch(group.assignment_epoch)
        .with_assignor_name(text(group.assignor_name()))
        .with_members(members.collect())
}

fn describe_member(group: &Group, member: &Member, version: i16) -> DescribedMember {
    let pattern = member.pattern.as_ref().map(|pattern| pattern.text.as_str());
    let described = DescribedMember::default()
        .with_member_id(text(&member.id))
        .with_instance_id(nullable(member.instance.as_deref()))
        .with_rack_id(nullable(member.rack.as_deref()))
        .with_member_epoch(member.epoch)
        .with_client_id(text(&member.client_id))
        .with_client_host(text(&member.host))
        .with_subscribed_topic_names(member.names.iter().map(|name| topic_name(name)).collect())
        .with_subscribed_topic_regex(nullable(pattern))
        .with_assignment(partitions(group, &member.assigned))
        .with_target_assignment(partitions(group, &member.target));
    if version >= MEMBER_TYPE { described.with_member_type(CONSUMER) } else { described }
}

fn partitions(group: &Group, assignment: &Assignment) -> Described {
    let topic = |(id, partitions)| {
        TopicPartitions::default()
            .with_topic_id(id)
            .with_topic_name(topic_name(group.topic_name(id)))
            .with_partitions(partitions)
    };
    Described::default().with_topic_partitions(assignment.topics().map(topic).collect())
}

impl Refuse for ConsumerGroupDescribeRequest {
    type Response = ConsumerGroupDescribeResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ConsumerGroupDescribeResponse {
        let one = |id: &GroupId| {
            DescribedGroup::default().with_group_id(group_id(id)).with_error_code(error.code())
        };
        ConsumerGroupDescribeResponse::default()
            .with_groups(self.group_ids.iter().map(one).collect())
    }
}
