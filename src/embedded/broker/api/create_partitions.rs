//! Adds partitions to topics (KIP-195).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::create_partitions_request::CreatePartitionsTopic;
use kafka_protocol::messages::create_partitions_response::CreatePartitionsTopicResult;
use kafka_protocol::messages::{CreatePartitionsRequest, CreatePartitionsResponse};

use super::create_topics::check_count;
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::NODE_ID;
use crate::embedded::broker::wire::{Call, ItemError, code_and_message, topic_name};

/// Lets each topic grow to the number of partitions asked for.
pub fn handle(call: &Call, request: CreatePartitionsRequest) -> CreatePartitionsResponse {
    let grow = |wanted: &CreatePartitionsTopic| {
        let (code, message) = code_and_message(&grow(call, wanted, request.validate_only));
        CreatePartitionsTopicResult::default()
            .with_name(topic_name(&wanted.name))
            .with_error_code(code)
            .with_error_message(message)
    };
    CreatePartitionsResponse::default().with_results(request.topics.iter().map(grow).collect())
}

fn grow(call: &Call, wanted: &CreatePartitionsTopic, validate_only: bool) -> Result<(), ItemError> {
    let topic = call.node.topics.get(&wanted.name).map_err(|error| {
        ItemError::new(error, "This server does not host this topic-partition.")
    })?;
    let has = topic.count();
    check_count(wanted.count)?;
    if wanted.count <= has {
        let message = if wanted.count == has {
            format!("Topic already has {has} partition(s).")
        } else {
            let wanted = wanted.count;
            format!(
                "The topic {} currently has {has} partition(s); {wanted} would not be an increase.",
                topic.name
            )
        };
        return Err(ItemError::new(ResponseError::InvalidPartitions, message));
    }
    if let Some(assignments) = &wanted.assignments {
        let here = assignments.iter().all(|a| a.broker_ids.iter().eq([&NODE_ID]));
        if !here || assignments.len() as i32 != wanted.count - has {
            let message = format!("Each new partition must be placed on broker {NODE_ID}.");
            return Err(ItemError::new(ResponseError::InvalidReplicaAssignment, message));
        }
    }
    if !validate_only {
        call.node.topics.grow(&topic, wanted.count)?;
    }
    Ok(())
}

impl Refuse for CreatePartitionsRequest {
    type Response = CreatePartitionsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> CreatePartitionsResponse {
        let one = |topic: &CreatePartitionsTopic| {
            CreatePartitionsTopicResult::default()
                .with_name(topic_name(&topic.name))
                .with_error_code(error.code())
        };
        CreatePartitionsResponse::default().with_results(self.topics.iter().map(one).collect())
    }
}
