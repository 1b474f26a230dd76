//! Why a heartbeat is refused, in the words of Kafka.

use kafka_protocol::ResponseError;

use super::Member;
use crate::embedded::broker::wire::ItemError;

/// Nobody of that id is a member.
pub fn unknown_member(id: &str) -> ItemError {
    let message = format!("Member {id} is not a member of the group.");
    ItemError::new(ResponseError::UnknownMemberId, message)
}

/// No static member has that id of its owner's.
pub fn unknown_instance(instance: &str) -> ItemError {
    ItemError::new(ResponseError::UnknownMemberId, format!("Instance id {instance} is unknown."))
}

/// Another member has the static member's id.
pub fn fenced_instance(instance: &str, id: &str, other: &str) -> ItemError {
    let message =
        format!("Static member {id} with instance id {instance} was fenced by member {other}.");
    ItemError::new(ResponseError::FencedInstanceId, message)
}

/// The static member that has the id has not left.
pub fn unreleased(instance: &str, id: &str, other: &str) -> ItemError {
    let message = format!(
        "Static member {id} with instance id {instance} cannot join the group because the instance \
         id is owned by member {other}."
    );
    ItemError::new(ResponseError::UnreleasedInstanceId, message)
}

/// The member takes another epoch than its own for the current one.
pub fn fenced_epoch(member: &Member, epoch: i32) -> ItemError {
    let than = if epoch > member.epoch { "greater" } else { "smaller" };
    let message = format!(
        "The consumer group member has a {than} member epoch ({epoch}) than the one known by the \
         group coordinator ({}). The member must abandon all its partitions and rejoin.",
        member.epoch
    );
    ItemError::new(ResponseError::FencedMemberEpoch, message)
}
