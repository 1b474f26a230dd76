//! Members leave their group.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::leave_group_request::MemberIdentity;
use kafka_protocol::messages::leave_group_response::MemberResponse;
use kafka_protocol::messages::{LeaveGroupRequest, LeaveGroupResponse};
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, code, nullable, text};

/// The first version in which several may leave at once (KIP-345).
const MANY: i16 = 3;

/// Lets the members go; those who stay rebalance.
pub fn handle(call: &Call, request: LeaveGroupRequest) -> LeaveGroupResponse {
    if request.group_id.is_empty() {
        let error = ResponseError::InvalidGroupId;
        return LeaveGroupResponse::default().with_error_code(error.code());
    }
    let leave = |member: &str, instance: Option<&str>| match call.node.groups.get(&request.group_id)
    {
        None => Err(ResponseError::UnknownMemberId),
        Some(shared) => {
            shared.change(|group| group.classic()?.leave(member, instance, Instant::now()))
        }
    };
    if call.version < MANY {
        let left = leave(&request.member_id, None);
        return LeaveGroupResponse::default().with_error_code(code(&left));
    }
    let one = |identity: &MemberIdentity| {
        let instance: Option<&str> = identity.group_instance_id.as_deref();
        MemberResponse::default()
            .with_member_id(text(&identity.member_id))
            .with_group_instance_id(nullable(instance))
            .with_error_code(code(&leave(&identity.member_id, instance)))
    };
    LeaveGroupResponse::default().with_members(request.members.iter().map(one).collect())
}

impl Refuse for LeaveGroupRequest {
    type Response = LeaveGroupResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> LeaveGroupResponse {
        LeaveGroupResponse::default().with_error_code(error.code())
    }
}
