//! Forgets what a group committed for some partitions (KIP-496).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::offset_delete_request::OffsetDeleteRequestTopic;
use kafka_protocol::messages::offset_delete_response::{
    OffsetDeleteResponsePartition, OffsetDeleteResponseTopic,
};
use kafka_protocol::messages::{OffsetDeleteRequest, OffsetDeleteResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::Group;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// Deletes the offsets of topics that no member is subscribed to.
pub fn handle(call: &Call, request: OffsetDeleteRequest) -> OffsetDeleteResponse {
    if request.group_id.is_empty() {
        let error = ResponseError::InvalidGroupId;
        return OffsetDeleteResponse::default().with_error_code(error.code());
    }
    let Some(shared) = call.node.groups.get(&request.group_id) else {
        return OffsetDeleteResponse::default()
            .with_error_code(ResponseError::GroupIdNotFound.code());
    };
    shared.with(|group| {
        let topics = request.topics.iter().map(|topic| delete(call, group, topic)).collect();
        OffsetDeleteResponse::default().with_topics(topics)
    })
}

fn delete(
    call: &Call,
    group: &mut Group,
    wanted: &OffsetDeleteRequestTopic,
) -> OffsetDeleteResponseTopic {
    let subscribed = group.subscribes(&wanted.name);
    let mut forget = |partition: i32| {
        if subscribed {
            return Err(ResponseError::GroupSubscribedToTopic);
        }
        call.node.topics.partition(&wanted.name, partition)?;
        group.offsets.remove(&wanted.name, partition)
    };
    let partitions = wanted.partitions.iter().map(|wanted| {
        OffsetDeleteResponsePartition::default()
            .with_partition_index(wanted.partition_index)
            .with_error_code(code(&forget(wanted.partition_index)))
    });
    OffsetDeleteResponseTopic::default()
        .with_name(topic_name(&wanted.name))
        .with_partitions(partitions.collect())
}

impl Refuse for OffsetDeleteRequest {
    type Response = OffsetDeleteResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> OffsetDeleteResponse {
        OffsetDeleteResponse::default().with_error_code(error.code())
    }
}
