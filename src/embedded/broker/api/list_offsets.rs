//! Offsets by time, and the first, the next and that of the newest record.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::list_offsets_response::{
    ListOffsetsPartitionResponse, ListOffsetsTopicResponse,
};
use kafka_protocol::messages::{ListOffsetsRequest, ListOffsetsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::log::{Found, Isolation, Wanted};
use crate::embedded::broker::node::{LEADER_EPOCH, Node};
use crate::embedded::broker::retention;
use crate::embedded::broker::wire::{Call, topic_name};

const LATEST: i64 = -1;
const EARLIEST: i64 = -2;
const NEWEST: i64 = -3;
const UNKNOWN: i64 = -1;

/// Looks up one offset for each partition asked for; to a reader of committed records the log ends
/// before the first open transaction.
pub fn handle(call: &Call, request: ListOffsetsRequest) -> ListOffsetsResponse {
    let isolation = Isolation::of(request.isolation_level);
    let topic = |wanted: &ListOffsetsTopic| {
        let partition = |partition| answer(call, &wanted.name, partition, isolation);
        ListOffsetsTopicResponse::default()
            .with_name(topic_name(&wanted.name))
            .with_partitions(wanted.partitions.iter().map(partition).collect())
    };
    ListOffsetsResponse::default().with_topics(request.topics.iter().map(topic).collect())
}

fn answer(
    call: &Call,
    topic: &str,
    wanted: &ListOffsetsPartition,
    isolation: Isolation,
) -> ListOffsetsPartitionResponse {
    let response =
        ListOffsetsPartitionResponse::default().with_partition_index(wanted.partition_index);
    match look_up(&call.node, topic, wanted, isolation) {
        Ok(Found { offset, timestamp }) => {
            let epoch = if call.version >= 4 && offset >= 0 { LEADER_EPOCH } else { -1 };
            response.with_offset(offset).with_timestamp(timestamp).with_leader_epoch(epoch)
        }
        Err(error) => {
            response.with_offset(-1).with_timestamp(UNKNOWN).with_error_code(error.code())
        }
    }
}

fn look_up(
    node: &Node,
    topic: &str,
    wanted: &ListOffsetsPartition,
    isolation: Isolation,
) -> Result<Found, ResponseError> {
    if wanted.current_leader_epoch > LEADER_EPOCH {
        return Err(ResponseError::UnknownLeaderEpoch);
    }
    let topic = node.topics.get(topic)?;
    let partition = retention::partition(node, &topic, wanted.partition_index)?;
    let (start, end) = partition.bounds(isolation);
    let nothing = Found { offset: -1, timestamp: UNKNOWN };
    match wanted.timestamp {
        LATEST => Ok(Found { offset: end, timestamp: UNKNOWN }),
        EARLIEST => Ok(Found { offset: start, timestamp: UNKNOWN }),
        NEWEST => Ok(partition.find(Wanted::Newest, isolation).unwrap_or(nothing)),
        time if time >= 0 => Ok(partition.find(Wanted::From(time), isolation).unwrap_or(nothing)),
        _ => Err(ResponseError::UnsupportedVersion),
    }
}

impl Refuse for ListOffsetsRequest {
    type Response = ListOffsetsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ListOffsetsResponse {
        let partition = |wanted: &ListOffsetsPartition| {
            ListOffsetsPartitionResponse::default()
                .with_partition_index(wanted.partition_index)
                .with_offset(-1)
                .with_timestamp(UNKNOWN)
                .with_error_code(error.code())
        };
        let topic = |wanted: &ListOffsetsTopic| {
            ListOffsetsTopicResponse::default()
                .with_name(topic_name(&wanted.name))
                .with_partitions(wanted.partitions.iter().map(partition).collect())
        };
        ListOffsetsResponse::default().with_topics(self.topics.iter().map(topic).collect())
    }
}
