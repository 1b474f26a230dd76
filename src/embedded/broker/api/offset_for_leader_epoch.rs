//! Where the log of an epoch ends, for consumers that check whether they lost records (KIP-320).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::offset_for_leader_epoch_request::{
    OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use kafka_protocol::messages::offset_for_leader_epoch_response::{
    EpochEndOffset, OffsetForLeaderTopicResult,
};
use kafka_protocol::messages::{OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::log::Isolation;
use crate::embedded::broker::node::{LEADER_EPOCH, Node};
use crate::embedded::broker::wire::{Call, topic_name};

/// The end of the only epoch is the end of the log.
pub fn handle(call: &Call, request: OffsetForLeaderEpochRequest) -> OffsetForLeaderEpochResponse {
    let topic = |wanted: &OffsetForLeaderTopic| {
        let partition = |partition| answer(&call.node, &wanted.topic, partition);
        OffsetForLeaderTopicResult::default()
            .with_topic(topic_name(&wanted.topic))
            .with_partitions(wanted.partitions.iter().map(partition).collect())
    };
    OffsetForLeaderEpochResponse::default().with_topics(request.topics.iter().map(topic).collect())
}

fn answer(node: &Node, topic: &str, wanted: &OffsetForLeaderPartition) -> EpochEndOffset {
    let response = EpochEndOffset::default().with_partition(wanted.partition);
    match end(node, topic, wanted) {
        Ok(Some(end)) => response.with_leader_epoch(LEADER_EPOCH).with_end_offset(end),
        Ok(None) => response.with_leader_epoch(-1).with_end_offset(-1),
        Err(error) => {
            response.with_leader_epoch(-1).with_end_offset(-1).with_error_code(error.code())
        }
    }
}

fn end(
    node: &Node,
    topic: &str,
    wanted: &OffsetForLeaderPartition,
) -> Result<Option<i64>, ResponseError> {
    if wanted.current_leader_epoch > LEADER_EPOCH {
        return Err(ResponseError::UnknownLeaderEpoch);
    }
    let (_, end) = node.topics.partition(topic, wanted.partition)?.bounds(Isolation::Uncommitted);
    Ok((wanted.leader_epoch == LEADER_EPOCH).then_some(end))
}

impl Refuse for OffsetForLeaderEpochRequest {
    type Response = OffsetForLeaderEpochResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> OffsetForLeaderEpochResponse {
        let partition = |wanted: &OffsetForLeaderPartition| {
            EpochEndOffset::default()
                .with_partition(wanted.partition)
                .with_leader_epoch(-1)
                .with_end_offset(-1)
                .with_error_code(error.code())
        };
        let topic = |wanted: &OffsetForLeaderTopic| {
            OffsetForLeaderTopicResult::default()
                .with_topic(topic_name(&wanted.topic))
                .with_partitions(wanted.partitions.iter().map(partition).collect())
        };
        OffsetForLeaderEpochResponse::default().with_topics(self.topics.iter().map(topic).collect())
    }
}
