//! Takes partitions into a transaction before it writes to them (KIP-98).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::add_partitions_to_txn_request::AddPartitionsToTxnTopic;
use kafka_protocol::messages::add_partitions_to_txn_response::{
    AddPartitionsToTxnPartitionResult, AddPartitionsToTxnTopicResult,
};
use kafka_protocol::messages::{AddPartitionsToTxnRequest, AddPartitionsToTxnResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::producers::Identity;
use crate::embedded::broker::transactions::fenced;
use crate::embedded::broker::wire::{Call, topic_name};

/// The first version whose clients know `PRODUCER_FENCED`.
const KNOWS_FENCED: i16 = 2;

/// Takes in all partitions, or none if one of them is not there.
pub fn handle(call: &Call, request: AddPartitionsToTxnRequest) -> AddPartitionsToTxnResponse {
    let exists = |topic: &str, index| call.node.topics.partition(topic, index).is_ok();
    let all = |topic: &AddPartitionsToTxnTopic| {
        topic.partitions.iter().all(|index| exists(&topic.name, *index))
    };
    if request.v3_and_below_topics.iter().all(all) {
        let added = add(call, &request).err();
        let code = added.map_or(0, |e| fenced(e, call.version >= KNOWS_FENCED).code());
        return respond(&request, |_, _| code);
    }
    respond(&request, |topic, index| {
        if exists(topic, index) {
            ResponseError::OperationNotAttempted.code()
        } else {
            ResponseError::UnknownTopicOrPartition.code()
        }
    })
}

fn add(call: &Call, request: &AddPartitionsToTxnRequest) -> Result<(), ResponseError> {
    let producer = Identity {
        id: request.v3_and_below_producer_id.0,
        epoch: request.v3_and_below_producer_epoch,
    };
    let mut partitions = Vec::new();
    for topic in &request.v3_and_below_topics {
        for &index in &topic.partitions {
            let partition = call.node.topics.partition(&topic.name, index)?;
            partitions.push(((topic.name.to_string(), index), partition));
        }
    }
    let shared = call.node.transactions.get(&request.v3_and_below_transactional_id)?;
    shared.change(|transaction| transaction.add_partitions(producer, partitions))
}

fn respond(
    request: &AddPartitionsToTxnRequest,
    code: impl Fn(&str, i32) -> i16,
) -> AddPartitionsToTxnResponse {
    let topic = |topic: &AddPartitionsToTxnTopic| {
        let partition = |&index: &i32| {
            AddPartitionsToTxnPartitionResult::default()
                .with_partition_index(index)
                .with_partition_error_code(code(&topic.name, index))
        };
        AddPartitionsToTxnTopicResult::default()
            .with_name(topic_name(&topic.name))
            .with_results_by_partition(topic.partitions.iter().map(partition).collect())
    };
    let topics = request.v3_and_below_topics.iter().map(topic).collect();
    AddPartitionsToTxnResponse::default().with_results_by_topic_v3_and_below(topics)
}

impl Refuse for AddPartitionsToTxnRequest {
    type Response = AddPartitionsToTxnResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> AddPartitionsToTxnResponse {
        respond(self, |_, _| error.code())
    }
}
