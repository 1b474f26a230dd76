//! A member gets its assignment; the leader brings all of them.

use bytes::Bytes;
use kafka_protocol::ResponseError;
use kafka_protocol::messages::{SyncGroupRequest, SyncGroupResponse};
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::classic::{SyncRequest, Ticket};
use crate::embedded::broker::wire::{Call, nullable, owned};

/// The first version in which a member names type and assignor (KIP-559).
const NAMES_PROTOCOL: i16 = 5;

/// Waits until the leader has assigned.
pub async fn handle(call: &Call, request: SyncGroupRequest) -> SyncGroupResponse {
    let answer = match call.node.groups.get(&request.group_id) {
        // KIP-559: from then on a member tells both, or does not know what it joined.
        _ if call.version >= NAMES_PROTOCOL && incomplete(&request) => {
            Err(ResponseError::InconsistentGroupProtocol)
        }
        _ if request.group_id.is_empty() => Err(ResponseError::InvalidGroupId),
        None => Err(ResponseError::UnknownMemberId),
        Some(shared) => {
            let request = read(&request);
            let ticket = shared.change(|group| match group.classic() {
                Ok(group) => group.sync(request, Instant::now()),
                Err(error) => Ticket::Now(Err(error)),
            });
            ticket.answer().await.unwrap_or(Err(ResponseError::UnknownMemberId))
        }
    };
    match answer {
        Ok(synced) => SyncGroupResponse::default()
            .with_protocol_type(nullable(synced.protocol_type.as_deref()))
            .with_protocol_name(nullable(synced.protocol.as_deref()))
            .with_assignment(synced.assignment),
        Err(error) => SyncGroupResponse::default().with_error_code(error.code()),
    }
}

fn incomplete(request: &SyncGroupRequest) -> bool {
    request.protocol_type.is_none() || request.protocol_name.is_none()
}

fn read(request: &SyncGroupRequest) -> SyncRequest {
    let copy = |bytes: &Bytes| Bytes::copy_from_slice(bytes);
    SyncRequest {
        member: request.member_id.to_string(),
        instance: owned(request.group_instance_id.as_ref()),
        generation: request.generation_id,
        protocol_type: owned(request.protocol_type.as_ref()),
        protocol: owned(request.protocol_name.as_ref()),
        assignments: request
            .assignments
            .iter()
            .map(|one| (one.member_id.to_string(), copy(&one.assignment)))
            .collect(),
    }
}

impl Refuse for SyncGroupRequest {
    type Response = SyncGroupResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> SyncGroupResponse {
        SyncGroupResponse::default().with_error_code(error.code())
    }
}
