//! A group remembers how far it has read.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_commit_response::{
    OffsetCommitResponsePartition, OffsetCommitResponseTopic,
};
use kafka_protocol::messages::{OffsetCommitRequest, OffsetCommitResponse};
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::{Committer, Group};
use crate::embedded::broker::node::Node;
use crate::embedded::broker::offsets::Committed;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// The first version that knows epochs, and says of a group that it does not exist (KIP-848).
const EPOCHS: i16 = 9;

/// Commits each offset, if the member may.
pub fn handle(call: &Call, request: OffsetCommitRequest) -> OffsetCommitResponse {
    let generation = request.generation_id_or_member_epoch;
    let shared = if generation < 0 && any_exists(call, &request) {
        // Someone who assigns partitions without the group makes it by committing.
        Some(call.node.groups.get_or_create(&request.group_id))
    } else {
        call.node.groups.get(&request.group_id)
    };
    let Some(shared) = shared else {
        let error = if call.version >= EPOCHS {
            ResponseError::GroupIdNotFound
        } else {
            ResponseError::IllegalGeneration
        };
        return respond(&request, |topic, wanted| {
            call.node.topics.partition(topic, wanted.partition_index)?;
            Err(error)
        });
    };
    shared.with(|group| {
        let instance = request.group_instance_id.as_deref();
        let knows_epochs = call.version >= EPOCHS;
        let who = Committer { member: &request.member_id, instance, generation, knows_epochs };
        let allowed = group.may_commit(who, Instant::now());
        respond(&request, |topic, partition| {
            allowed.and_then(|()| commit(&call.node, group, topic, partition))
        })
    })
}

/// Whether there is anything to commit for; else no group comes of it.
fn any_exists(call: &Call, request: &OffsetCommitRequest) -> bool {
    let exists = |topic: &OffsetCommitRequestTopic| {
        let mut partitions = topic.partitions.iter().map(|wanted| wanted.partition_index);
        partitions.any(|index| call.node.topics.partition(&topic.name, index).is_ok())
    };
    request.topics.iter().any(exists)
}

fn commit(
    node: &Node,
    group: &mut Group,
    topic: &str,
    wanted: &OffsetCommitRequestPartition,
) -> Result<(), ResponseError> {
    node.topics.partition(topic, wanted.partition_index)?;
    let metadata = wanted.committed_metadata.as_deref();
    let committed =
        Committed::new(wanted.committed_offset, wanted.committed_leader_epoch, metadata)?;
    group.offsets.set(topic, wanted.partition_index, committed)
}

fn respond(
    request: &OffsetCommitRequest,
    mut commit: impl FnMut(&str, &OffsetCommitRequestPartition) -> Result<(), ResponseError>,
) -> OffsetCommitResponse {
    let mut topic = |topic: &OffsetCommitRequestTopic| {
        let partition = |wanted: &OffsetCommitRequestPartition| {
            OffsetCommitResponsePartition::default()
                .with_partition_index(wanted.partition_index)
                .with_error_code(code(&commit(&topic.name, wanted)))
        };
        OffsetCommitResponseTopic::default()
            .with_name(topic_name(&topic.name))
            .with_partitions(topic.partitions.iter().map(partition).collect())
    };
    OffsetCommitResponse::default().with_topics(request.topics.iter().map(&mut topic).collect())
}

impl Refuse for OffsetCommitRequest {
    type Response = OffsetCommitResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> OffsetCommitResponse {
        respond(self, |_, _| Err(error))
    }
}
