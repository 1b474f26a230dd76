//! A group remembers how far it has read, once the transaction is committed (KIP-98, KIP-447).

use std::sync::Arc;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::txn_offset_commit_request::{
    TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use kafka_protocol::messages::txn_offset_commit_response::{
    TxnOffsetCommitResponsePartition, TxnOffsetCommitResponseTopic,
};
use kafka_protocol::messages::{TxnOffsetCommitRequest, TxnOffsetCommitResponse};
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::{Committer, Group, SharedGroup};
use crate::embedded::broker::offsets::Committed;
use crate::embedded::broker::producers::Identity;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// Holds each offset until the transaction ends, if the producer and the member may commit.
pub fn handle(call: &Call, request: TxnOffsetCommitRequest) -> TxnOffsetCommitResponse {
    match hold_all(call, &request) {
        Ok(response) => response,
        Err(error) => respond(&request, |topic, wanted| {
            call.node.topics.partition(topic, wanted.partition_index)?;
            Err(error)
        }),
    }
}

fn hold_all(
    call: &Call,
    request: &TxnOffsetCommitRequest,
) -> Result<TxnOffsetCommitResponse, ResponseError> {
    if request.group_id.is_empty() {
        return Err(ResponseError::InvalidGroupId);
    }
    let producer = Identity { id: request.producer_id.0, epoch: request.producer_epoch };
    let shared = call.node.transactions.get(&request.transactional_id)?;
    // The transaction stays locked, so that it cannot end before its offsets are held.
    shared.with(|transaction| {
        transaction.may_commit(producer, &request.group_id)?;
        let group = group(call, request)?;
        let response = group.with(|group| {
            let instance = request.group_instance_id.as_deref();
            let (member, generation) = (&*request.member_id, request.generation_id);
            let who = Committer { member, instance, generation, knows_epochs: true };
            group.may_commit_in_transaction(who, Instant::now())?;
            Ok(respond(request, |topic, partition| {
                hold(call, group, producer.id, topic, partition)
            }))
        })?;
        transaction.holds_offsets(&request.group_id, group);
        Ok(response)
    })
}

/// The group; someone who assigns partitions without it makes it by committing.
fn group(call: &Call, request: &TxnOffsetCommitRequest) -> Result<Arc<SharedGroup>, ResponseError> {
    if request.generation_id < 0 {
        return Ok(call.node.groups.get_or_create(&request.group_id));
    }
    call.node.groups.get(&request.group_id).ok_or(ResponseError::IllegalGeneration)
}

fn hold(
    call: &Call,
    group: &mut Group,
    producer: i64,
    topic: &str,
    wanted: &TxnOffsetCommitRequestPartition,
) -> Result<(), ResponseError> {
    call.node.topics.partition(topic, wanted.partition_index)?;
    let metadata = wanted.committed_metadata.as_deref();
    let committed =
        Committed::new(wanted.committed_offset, wanted.committed_leader_epoch, metadata)?;
    group.offsets.hold(producer, topic, wanted.partition_index, committed)
}

fn respond(
    request: &TxnOffsetCommitRequest,
    mut hold: impl FnMut(&str, &TxnOffsetCommitRequestPartition) -> Result<(), ResponseError>,
) -> TxnOffsetCommitResponse {
    let mut topic = |topic: &TxnOffsetCommitRequestTopic| {
        let partition = |wanted: &TxnOffsetCommitRequestPartition| {
            TxnOffsetCommitResponsePartition::default()
                .with_partition_index(wanted.partition_index)
                .with_error_code(code(&hold(&topic.name, wanted)))
        };
        TxnOffsetCommitResponseTopic::default()
            .with_name(topic_name(&topic.name))
            .with_partitions(topic.partitions.iter().map(partition).collect())
    };
    TxnOffsetCommitResponse::default().with_topics(request.topics.iter().map(&mut topic).collect())
}

impl Refuse for TxnOffsetCommitRequest {
    type Response = TxnOffsetCommitResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> TxnOffsetCommitResponse {
        respond(self, |_, _| Err(error))
    }
}
