//! Appends record batches.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::messages::produce_response::{PartitionProduceResponse, TopicProduceResponse};
use kafka_protocol::messages::{ProduceRequest, ProduceResponse};

use crate::embedded::broker::call::Call;
use crate::embedded::broker::log::{Appended, Stamp};
use crate::embedded::broker::node::{Node, now_ms};
use crate::embedded::broker::strings::topic_name;
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::wire_error::WireError;

const ALL: i16 = -1;

/// Appends each batch to its partition. With a single replica, `acks` of 1 and of all are the
/// same; with 0 there is no response, and closing the connection tells that a batch was refused.
pub fn handle(call: &Call, request: ProduceRequest) -> Result<Option<ProduceResponse>, WireError> {
    let refusal = match (request.acks, &request.transactional_id) {
        (-1..=1, None) => None,
        (-1..=1, Some(_)) => Some(ResponseError::InvalidTxnState),
        _ => Some(ResponseError::InvalidRequiredAcks),
    };
    let topics = request.topic_data.iter();
    let responses: Vec<_> =
        topics.map(|data| append_all(&call.node, data, request.acks, refusal)).collect();
    if request.acks != 0 {
        return Ok(Some(ProduceResponse::default().with_responses(responses)));
    }
    let mut partitions = responses.iter().flat_map(|topic| &topic.partition_responses);
    if partitions.any(|partition| partition.error_code != 0) {
        return Err(WireError::RefusedSilently);
    }
    Ok(None)
}

fn append_all(
    node: &Node,
    data: &TopicProduceData,
    acks: i16,
    refusal: Option<ResponseError>,
) -> TopicProduceResponse {
    let topic = match refusal {
        None => node.topics.get(&data.name),
        Some(error) => Err(error),
    };
    let append_one = |data: &PartitionProduceData| {
        let appended =
            topic.as_ref().map_err(|e| *e).and_then(|topic| append(node, topic, acks, data));
        respond(data.index, appended)
    };
    TopicProduceResponse::default()
        .with_name(topic_name(&data.name))
        .with_partition_responses(data.partition_data.iter().map(append_one).collect())
}

fn append(
    node: &Node,
    topic: &Topic,
    acks: i16,
    data: &PartitionProduceData,
) -> Result<(Appended, Stamp), ResponseError> {
    let partition = topic.partition(data.index)?;
    let records = data.records.as_deref().unwrap_or_default();
    let rules = node.settings.rules(topic);
    if records.len() > rules.max_batch {
        return Err(ResponseError::MessageTooLarge);
    }
    if acks == ALL && rules.min_replicas > 1 {
        return Err(ResponseError::NotEnoughReplicas);
    }
    let now = now_ms();
    let stamp = if rules.append_time {
        Stamp::Append(now)
    } else {
        Stamp::Create { latest: now.saturating_add(rules.after_max_ms) }
    };
    Ok((partition.append(records, stamp)?, stamp))
}

fn respond(
    index: i32,
    appended: Result<(Appended, Stamp), ResponseError>,
) -> PartitionProduceResponse {
    let response = PartitionProduceResponse::default().with_index(index);
    match appended {
        Ok((Appended { base, start }, stamp)) => {
            let time = if let Stamp::Append(now) = stamp { now } else { -1 };
            response
                .with_base_offset(base)
                .with_log_start_offset(start)
                .with_log_append_time_ms(time)
        }
        Err(error) => response.with_base_offset(-1).with_error_code(error.code()),
    }
}
