//! A member shows that it lives, and learns whether it must join again.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::{HeartbeatRequest, HeartbeatResponse};
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, code};

/// Keeps the member in its group.
pub fn handle(call: &Call, request: HeartbeatRequest) -> HeartbeatResponse {
    let beaten = match call.node.groups.get(&request.group_id) {
        _ if request.group_id.is_empty() => Err(ResponseError::InvalidGroupId),
        None => Err(ResponseError::UnknownMemberId),
        Some(shared) => shared.with(|group| {
            let instance = request.group_instance_id.as_deref();
            let (member, generation) = (&*request.member_id, request.generation_id);
            group.classic()?.beat(member, instance, generation, Instant::now())
        }),
    };
    HeartbeatResponse::default().with_error_code(code(&beaten))
}

impl Refuse for HeartbeatRequest {
    type Response = HeartbeatResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> HeartbeatResponse {
        HeartbeatResponse::default().with_error_code(error.code())
    }
}
