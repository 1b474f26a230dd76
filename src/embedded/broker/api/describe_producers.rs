//! Which producers with an id wrote to a partition (KIP-664).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_producers_request::TopicRequest;
use kafka_protocol::messages::describe_producers_response::{
    PartitionResponse, ProducerState, TopicResponse,
};
use kafka_protocol::messages::{DescribeProducersRequest, DescribeProducersResponse, ProducerId};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::producers::Active;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// The producers of each partition, with the beginnings of their open transactions.
pub fn handle(call: &Call, request: DescribeProducersRequest) -> DescribeProducersResponse {
    let topic = |wanted: &TopicRequest| {
        let partitions = wanted.partition_indexes.iter();
        let partitions = partitions.map(|index| partition(call, &wanted.name, *index)).collect();
        TopicResponse::default().with_name(topic_name(&wanted.name)).with_partitions(partitions)
    };
    DescribeProducersResponse::default().with_topics(request.topics.iter().map(topic).collect())
}

fn partition(call: &Call, topic: &str, index: i32) -> PartitionResponse {
    let producers = call.node.topics.partition(topic, index).map(|partition| partition.producers());
    PartitionResponse::default()
        .with_partition_index(index)
        .with_error_code(code(&producers))
        .with_active_producers(producers.unwrap_or_default().into_iter().map(state).collect())
}

fn state((active, begun): (Active, Option<i64>)) -> ProducerState {
    ProducerState::default()
        .with_producer_id(ProducerId(active.identity.id))
        .with_producer_epoch(i32::from(active.identity.epoch))
        .with_last_sequence(active.last_sequence)
        .with_last_timestamp(active.last_timestamp)
        .with_coordinator_epoch(if active.marked { 0 } else { -1 })
        .with_current_txn_start_offset(begun.unwrap_or(-1))
}

impl Refuse for DescribeProducersRequest {
    type Response = DescribeProducersResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeProducersResponse {
        let partition = |&index: &i32| {
            let response = PartitionResponse::default().with_partition_index(index);
            response.with_error_code(error.code())
        };
        let topic = |wanted: &TopicRequest| {
            TopicResponse::default()
                .with_name(topic_name(&wanted.name))
                .with_partitions(wanted.partition_indexes.iter().map(partition).collect())
        };
        DescribeProducersResponse::default().with_topics(self.topics.iter().map(topic).collect())
    }
}
