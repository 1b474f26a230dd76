//! Deletes the records before an offset (KIP-107).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::delete_records_request::{
    DeleteRecordsPartition, DeleteRecordsTopic,
};
use kafka_protocol::messages::delete_records_response::{
    DeleteRecordsPartitionResult, DeleteRecordsTopicResult,
};
use kafka_protocol::messages::{DeleteRecordsRequest, DeleteRecordsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// Moves the first offset of each partition; an offset of -1 deletes all records.
pub fn handle(call: &Call, request: DeleteRecordsRequest) -> DeleteRecordsResponse {
    let delete = |topic: &str, wanted: &DeleteRecordsPartition| {
        let partition = call.node.topics.partition(topic, wanted.partition_index);
        let start = partition
            .and_then(|partition| deletable(call, topic).map(|()| partition))
            .and_then(|partition| partition.delete_before(wanted.offset));
        DeleteRecordsPartitionResult::default()
            .with_partition_index(wanted.partition_index)
            .with_low_watermark(*start.as_ref().unwrap_or(&-1))
            .with_error_code(code(&start))
    };
    let topic = |wanted: &DeleteRecordsTopic| {
        let partitions = wanted.partitions.iter().map(|partition| delete(&wanted.name, partition));
        DeleteRecordsTopicResult::default()
            .with_name(topic_name(&wanted.name))
            .with_partitions(partitions.collect())
    };
    DeleteRecordsResponse::default().with_topics(request.topics.iter().map(topic).collect())
}

/// Records of a topic that is only compacted stay, as in Kafka.
fn deletable(call: &Call, topic: &str) -> Result<(), ResponseError> {
    let policy = call.node.settings.topic(&*call.node.topics.get(topic)?, "cleanup.policy");
    let deletes = policy.split(',').any(|word| word.trim() == "delete");
    if deletes { Ok(()) } else { Err(ResponseError::PolicyViolation) }
}

impl Refuse for DeleteRecordsRequest {
    type Response = DeleteRecordsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DeleteRecordsResponse {
        let partition = |wanted: &DeleteRecordsPartition| {
            DeleteRecordsPartitionResult::default()
                .with_partition_index(wanted.partition_index)
                .with_low_watermark(-1)
                .with_error_code(error.code())
        };
        let topic = |wanted: &DeleteRecordsTopic| {
            DeleteRecordsTopicResult::default()
                .with_name(topic_name(&wanted.name))
                .with_partitions(wanted.partitions.iter().map(partition).collect())
        };
        DeleteRecordsResponse::default().with_topics(self.topics.iter().map(topic).collect())
    }
}
