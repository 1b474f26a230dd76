//! How far groups have read.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::offset_fetch_request::{
    OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
};
use kafka_protocol::messages::offset_fetch_response::{
    OffsetFetchResponseGroup, OffsetFetchResponsePartition, OffsetFetchResponsePartitions,
    OffsetFetchResponseTopic, OffsetFetchResponseTopics,
};
use kafka_protocol::messages::{OffsetFetchRequest, OffsetFetchResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::Group;
use crate::embedded::broker::node::Node;
use crate::embedded::broker::offsets::Committed;
use crate::embedded::broker::wire::{Call, code, group_id, text, topic_name};

/// The first version with a place for an error of the whole group.
const AT_THE_TOP: i16 = 2;
/// The first version that asks about several groups (KIP-709).
const MANY: i16 = 8;

/// What was committed for the partitions asked for; null asks for all.
pub fn handle(call: &Call, request: OffsetFetchRequest) -> OffsetFetchResponse {
    let node = &call.node;
    let stable = request.require_stable;
    if call.version >= MANY {
        let groups = request.groups.iter().map(|wanted| answer(node, wanted, stable)).collect();
        return OffsetFetchResponse::default().with_groups(groups);
    }
    let list =
        |topic: &OffsetFetchRequestTopic| (topic.name.to_string(), topic.partition_indexes.clone());
    let wanted = request.topics.map(|topics| topics.iter().map(list).collect());
    let topic = |(name, rows): (String, Vec<Row>)| {
        OffsetFetchResponseTopic::default()
            .with_name(topic_name(&name))
            .with_partitions(rows.into_iter().map(Row::single).collect())
    };
    let rows = look_up(node, &request.group_id, wanted, stable);
    OffsetFetchResponse::default().with_topics(rows.into_iter().map(topic).collect())
}

fn answer(node: &Node, wanted: &OffsetFetchRequestGroup, stable: bool) -> OffsetFetchResponseGroup {
    let list = |topic: &OffsetFetchRequestTopics| {
        (topic.name.to_string(), topic.partition_indexes.clone())
    };
    let topics = wanted.topics.as_ref().map(|topics| topics.iter().map(list).collect());
    let topic = |(name, rows): (String, Vec<Row>)| {
        OffsetFetchResponseTopics::default()
            .with_name(topic_name(&name))
            .with_partitions(rows.into_iter().map(Row::many).collect())
    };
    let response = OffsetFetchResponseGroup::default().with_group_id(group_id(&wanted.group_id));
    let (member, epoch) = (wanted.member_id.as_deref(), wanted.member_epoch);
    let shared = node.groups.get(&wanted.group_id);
    let refused = shared.and_then(|shared| shared.with(|g| g.may_fetch(member, epoch).err()));
    if let Some(error) = refused {
        return response.with_error_code(error.code());
    }
    let rows = look_up(node, &wanted.group_id, topics, stable);
    response.with_topics(rows.into_iter().map(topic).collect())
}

/// A partition and what was committed for it.
struct Row {
    partition: i32,
    found: Result<Committed, ResponseError>,
}

type Wanted = Vec<(String, Vec<i32>)>;

/// What `group` committed. With `stable`, an offset that an open transaction may change is an error,
/// for which the client asks again (KIP-447).
fn look_up(
    node: &Node,
    group: &str,
    wanted: Option<Wanted>,
    stable: bool,
) -> Vec<(String, Vec<Row>)> {
    let shared = node.groups.get(group);
    let all = || shared.as_ref().map(|shared| shared.with(|group| group.offsets.all()));
    let find = |topic: &str, partition: i32| {
        let find = |group: &mut Group| match group.offsets.get(topic, partition) {
            _ if stable && group.offsets.unstable(topic, partition) => {
                Err(ResponseError::UnstableOffsetCommit)
            }
            Some(committed) => Ok(committed.clone()),
            None => Ok(Committed::nothing()),
        };
        let found = shared.as_ref().map(|shared| shared.with(find));
        Row { partition, found: found.unwrap_or_else(|| Ok(Committed::nothing())) }
    };
    let wanted = wanted.or_else(all).unwrap_or_default();
    let rows = |(topic, partitions): (String, Vec<i32>)| {
        let rows = partitions.into_iter().map(|partition| find(&topic, partition)).collect();
        (topic, rows)
    };
    wanted.into_iter().map(rows).collect()
}

impl Row {
    fn single(self) -> OffsetFetchResponsePartition {
        let (code, committed) = self.split();
        OffsetFetchResponsePartition::default()
            .with_partition_index(self.partition)
            .with_error_code(code)
            .with_committed_offset(committed.offset)
            .with_committed_leader_epoch(committed.leader_epoch)
            .with_metadata(Some(text(&committed.metadata)))
    }

    fn many(self) -> OffsetFetchResponsePartitions {
        let (code, committed) = self.split();
        OffsetFetchResponsePartitions::default()
            .with_partition_index(self.partition)
            .with_error_code(code)
            .with_committed_offset(committed.offset)
            .with_committed_leader_epoch(committed.leader_epoch)
            .with_metadata(Some(text(&committed.metadata)))
    }

    fn split(&self) -> (i16, Committed) {
        (code(&self.found), self.found.clone().unwrap_or_else(|_| Committed::nothing()))
    }
}

impl Refuse for OffsetFetchRequest {
    type Response = OffsetFetchResponse;

    fn refuse(&self, call: &Call, error: ResponseError) -> OffsetFetchResponse {
        let response = OffsetFetchResponse::default();
        match call.version {
            MANY.. => {
                let group = |wanted: &OffsetFetchRequestGroup| {
                    OffsetFetchResponseGroup::default()
                        .with_group_id(group_id(&wanted.group_id))
                        .with_error_code(error.code())
                };
                response.with_groups(self.groups.iter().map(group).collect())
            }
            AT_THE_TOP.. => response.with_error_code(error.code()),
            _ => response
                .with_topics(self.topics.iter().flatten().map(|t| refused(t, error)).collect()),
        }
    }
}

fn refused(wanted: &OffsetFetchRequestTopic, error: ResponseError) -> OffsetFetchResponseTopic {
    let row = |&partition: &i32| Row { partition, found: Err(error) }.single();
    OffsetFetchResponseTopic::default()
        .with_name(topic_name(&wanted.name))
        .with_partitions(wanted.partition_indexes.iter().map(row).collect())
}
