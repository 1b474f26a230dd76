//! A consumer joins its group and waits until all have.

use std::time::Duration;

use bytes::Bytes;
use kafka_protocol::ResponseError;
use kafka_protocol::messages::join_group_response::JoinGroupResponseMember;
use kafka_protocol::messages::{JoinGroupRequest, JoinGroupResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::classic::{JoinRequest, Joined, JoinedMember, Ticket};
use crate::embedded::broker::wire::{Call, nullable, owned, text};

/// Kafka's `group.min.session.timeout.ms` and `group.max.session.timeout.ms`.
const SESSION_MS: std::ops::RangeInclusive<i32> = 6_000..=1_800_000;
/// The first version in which a member learns its id before it joins (KIP-394).
const ID_FIRST: i16 = 4;
/// The first version in which no protocol is null rather than empty.
const NULL_PROTOCOL: i16 = 7;
/// The first version that can tell a leader to keep the assignment (KIP-814).
const SKIP_ASSIGNMENT: i16 = 9;

/// Lets the member in.
pub async fn handle(call: &Call, request: JoinGroupRequest) -> JoinGroupResponse {
    let given = request.member_id.clone();
    let fresh = fresh_id(call, &request);
    let answer = if request.group_id.is_empty() {
        Err(ResponseError::InvalidGroupId)
    } else if !SESSION_MS.contains(&request.session_timeout_ms) {
        Err(ResponseError::InvalidSessionTimeout)
    } else {
        let shared = call.node.groups.get_or_create(&request.group_id);
        let request = read(call, request, &fresh);
        let now = tokio::time::Instant::now();
        let ticket = shared.change(|group| match group.classic_to_join() {
            Ok(group) => group.join(request, now),
            Err(error) => Ticket::Now(Err(error)),
        });
        ticket.answer().await.unwrap_or(Err(ResponseError::UnknownMemberId))
    };
    match answer {
        Ok(joined) => respond(call, joined),
        Err(error) => {
            let id = if error == ResponseError::MemberIdRequired { &*fresh } else { &*given };
            refuse(call, error).with_member_id(text(id))
        }
    }
}

fn fresh_id(call: &Call, request: &JoinGroupRequest) -> String {
    let instance = request.group_instance_id.as_deref();
    let prefix = instance.unwrap_or(&call.client_id);
    format!("{prefix}-{}", call.node.groups.ids.next())
}

fn read(call: &Call, request: JoinGroupRequest, fresh: &str) -> JoinRequest {
    let millis = |ms: i32| Duration::from_millis(u64::try_from(ms).unwrap_or_default());
    let rebalance_ms = match call.version {
        0 => request.session_timeout_ms,
        _ => request.rebalance_timeout_ms,
    };
    let protocols = request.protocols.iter();
    JoinRequest {
        member: request.member_id.to_string(),
        fresh: fresh.to_owned(),
        instance: owned(request.group_instance_id.as_ref()),
        client_id: call.client_id.clone(),
        host: format!("/{}", call.host),
        session: millis(request.session_timeout_ms),
        rebalance: millis(rebalance_ms),
        protocol_type: request.protocol_type.to_string(),
        protocols: protocols
            .map(|p| (p.name.to_string(), Bytes::copy_from_slice(&p.metadata)))
            .collect(),
        id_first: call.version >= ID_FIRST,
    }
}

fn respond(call: &Call, joined: Joined) -> JoinGroupResponse {
    let member = |member: &JoinedMember| {
        JoinGroupResponseMember::default()
            .with_member_id(text(&member.id))
            .with_group_instance_id(nullable(member.instance.as_deref()))
            .with_metadata(member.metadata.clone())
    };
    // Below 9 a leader that came back must not take itself for the leader, or it assigns in vain.
    let hidden = joined.skip_assignment && call.version < SKIP_ASSIGNMENT;
    let members = if hidden { &[] } else { joined.members.as_slice() };
    let leader = if hidden { "" } else { &joined.leader };
    let response = JoinGroupResponse::default()
        .with_generation_id(joined.generation)
        .with_protocol_type(nullable(joined.protocol_type.as_deref()))
        .with_protocol_name(nullable(joined.protocol.as_deref()))
        .with_leader(text(leader))
        .with_member_id(text(&joined.member))
        .with_members(members.iter().map(member).collect());
    if call.version >= SKIP_ASSIGNMENT {
        return response.with_skip_assignment(joined.skip_assignment);
    }
    response
}

fn refuse(call: &Call, error: ResponseError) -> JoinGroupResponse {
    let protocol = if call.version >= NULL_PROTOCOL { None } else { Some(text("")) };
    JoinGroupResponse::default()
        .with_error_code(error.code())
        .with_generation_id(-1)
        .with_protocol_type(None)
        .with_protocol_name(protocol)
}

impl Refuse for JoinGroupRequest {
    type Response = JoinGroupResponse;

    fn refuse(&self, call: &Call, error: ResponseError) -> JoinGroupResponse {
        refuse(call, error).with_member_id(text(&self.member_id))
    }
}
