//! The state and the members of consumer groups.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_groups_response::{DescribedGroup, DescribedGroupMember};
use kafka_protocol::messages::{DescribeGroupsRequest, DescribeGroupsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::classic::{Group, Member, State};
use crate::embedded::broker::groups::{DEAD, Protocol};
use crate::embedded::broker::wire::{Call, group_id, nullable, text};

/// The first version that tells the ids of static members (KIP-345).
const INSTANCE: i16 = 4;
/// The first version in which a group that does not exist is an error (KIP-1043).
const NOT_FOUND: i16 = 6;

/// Describes each group; one that does not exist is `Dead`.
pub fn handle(call: &Call, request: DescribeGroupsRequest) -> DescribeGroupsResponse {
    let describe = |id: &str| match call.node.groups.get(id) {
        Some(shared) => shared.with(|group| match &group.protocol {
            Protocol::Classic(group) => describe(call.version, id, group),
            Protocol::Consumer(_) => {
                missing(call.version, id, &format!("Group {id} is not a classic group."))
            }
        }),
        None => missing(call.version, id, &format!("Group {id} not found.")),
    };
    let groups = request.groups.iter().map(|id| describe(id)).collect();
    DescribeGroupsResponse::default().with_groups(groups)
}

fn missing(version: i16, id: &str, why: &str) -> DescribedGroup {
    let dead = DescribedGroup::default().with_group_id(group_id(id)).with_group_state(text(DEAD));
    if version < NOT_FOUND {
        return dead;
    }
    dead.with_error_code(ResponseError::GroupIdNotFound.code())
        .with_error_message(nullable(Some(why)))
}

fn describe(version: i16, id: &str, group: &Group) -> DescribedGroup {
    // An assignor is chosen only while the group is stable.
    let protocol = match group.state {
        State::Stable => group.protocol.as_deref().unwrap_or_default(),
        _ => "",
    };
    let member = |member: &Member| {
        let described = DescribedGroupMember::default()
            .with_member_id(text(&member.id))
            .with_client_id(text(&member.client_id))
            .with_client_host(text(&member.host))
            .with_member_metadata(member.metadata(protocol))
            .with_member_assignment(member.assignment.clone());
        match version {
            INSTANCE.. => described.with_group_instance_id(nullable(member.instance.as_deref())),
            _ => described,
        }
    };
    DescribedGroup::default()
        .with_group_id(group_id(id))
        .with_group_state(text(group.state.as_str()))
        .with_protocol_type(text(group.protocol_type.as_deref().unwrap_or_default()))
        .with_protocol_data(text(protocol))
        .with_members(group.members.values().map(member).collect())
}

impl Refuse for DescribeGroupsRequest {
    type Response = DescribeGroupsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeGroupsResponse {
        let one = |id: &str| {
            DescribedGroup::default().with_group_id(group_id(id)).with_error_code(error.code())
        };
        let groups = self.groups.iter().map(|id| one(id)).collect();
        DescribeGroupsResponse::default().with_groups(groups)
    }
}
