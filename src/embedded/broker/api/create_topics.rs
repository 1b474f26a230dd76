//! Creates topics.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::create_topics_request::{CreatableTopic, CreatableTopicConfig};
use kafka_protocol::messages::create_topics_response::CreatableTopicResult;
use kafka_protocol::messages::{CreateTopicsRequest, CreateTopicsResponse};
use uuid::Uuid;

use crate::embedded::broker::configs::{Change, Operation, Resource, checked};
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::{NODE_ID, Node};
use crate::embedded::broker::topics::Overrides;
use crate::embedded::broker::wire::{Call, ItemError, code_and_message, owned, topic_name};

/// What is left to the broker: its default.
const DEFAULT: i32 = -1;
/// More partitions than this are a mistake on one machine.
const MAX_PARTITIONS: i32 = 10_000;

/// Creates each topic, or only checks it if that is all the client wants.
pub fn handle(call: &Call, request: CreateTopicsRequest) -> CreateTopicsResponse {
    let twice = |topic: &CreatableTopic| {
        request.topics.iter().filter(|other| other.name == topic.name).count() > 1
    };
    let create = |topic: &CreatableTopic| {
        let created = if twice(topic) {
            let message = "Duplicate topic name.";
            Err(ItemError::new(ResponseError::InvalidRequest, message))
        } else {
            create(&call.node, topic, request.validate_only)
        };
        respond(call.version, topic, created)
    };
    CreateTopicsResponse::default().with_topics(request.topics.iter().map(create).collect())
}

/// The partitions and the id of a topic that was created, or would be.
struct Created {
    partitions: i32,
    id: Uuid,
}

fn create(node: &Node, wanted: &CreatableTopic, validate_only: bool) -> Result<Created, ItemError> {
    node.topics.check_new(&wanted.name)?;
    let partitions = partitions(node, wanted)?;
    let overrides = overrides(node, wanted)?;
    if validate_only {
        return Ok(Created { partitions, id: Uuid::nil() });
    }
    let topic = node.topics.create(&wanted.name, partitions, overrides)?;
    Ok(Created { partitions, id: topic.id })
}

fn partitions(node: &Node, wanted: &CreatableTopic) -> Result<i32, ItemError> {
    if !wanted.assignments.is_empty() {
        return assigned(wanted);
    }
    let count = match wanted.num_partitions {
        DEFAULT => node.settings.partitions(),
        count => count,
    };
    check_count(count)?;
    match wanted.replication_factor {
        -1 | 1 => Ok(count),
        factor if factor < 1 => Err(ItemError::new(
            ResponseError::InvalidReplicationFactor,
            "Replication factor must be larger than 0, or -1 to use the default value.",
        )),
        factor => Err(ItemError::new(
            ResponseError::InvalidReplicationFactor,
            format!(
                "Unable to replicate the partition {factor} time(s): \
                 The target replication factor of {factor} cannot be reached \
                 because only 1 broker(s) are registered."
            ),
        )),
    }
}

/// Whether a topic may have `count` partitions.
pub fn check_count(count: i32) -> Result<(), ItemError> {
    let message = match count {
        1..=MAX_PARTITIONS => return Ok(()),
        ..=0 => "Number of partitions was set to an invalid non-positive value.".to_owned(),
        _ => format!("{count} partitions exceed the {MAX_PARTITIONS} of this development broker."),
    };
    Err(ItemError::new(ResponseError::InvalidPartitions, message))
}

/// How many partitions the client placed by hand; all must be here, numbered from 0.
fn assigned(wanted: &CreatableTopic) -> Result<i32, ItemError> {
    let mut numbers: Vec<_> = wanted.assignments.iter().map(|a| a.partition_index).collect();
    numbers.sort_unstable();
    let consecutive = numbers.iter().zip(0..).all(|(number, place)| *number == place);
    let here = wanted.assignments.iter().all(|a| a.broker_ids.iter().eq([&NODE_ID]));
    if wanted.num_partitions != DEFAULT || wanted.replication_factor != -1 {
        let message = "A manual partition assignment was specified, but the number of partitions \
                       or the replication factor was not set to -1.";
        return Err(ItemError::new(ResponseError::InvalidRequest, message));
    }
    if consecutive && here {
        return Ok(numbers.len() as i32);
    }
    let message = format!(
        "The manual assignment must number partitions from 0 and place each on broker {NODE_ID}."
    );
    Err(ItemError::new(ResponseError::InvalidReplicaAssignment, message))
}

fn overrides(node: &Node, wanted: &CreatableTopic) -> Result<Overrides, ItemError> {
    let set = |config: &CreatableTopicConfig| Change {
        name: config.name.to_string(),
        operation: Operation::Set,
        value: owned(config.value.as_ref()),
    };
    let changes: Vec<_> = wanted.configs.iter().map(set).collect();
    let inherited = |name: &str| node.settings.inherited(name);
    checked(Resource::Topic, Overrides::new(), &changes, inherited)
}

fn respond(
    version: i16,
    wanted: &CreatableTopic,
    created: Result<Created, ItemError>,
) -> CreatableTopicResult {
    let (code, message) = code_and_message(&created);
    let result = CreatableTopicResult::default()
        .with_name(topic_name(&wanted.name))
        .with_error_code(code)
        .with_error_message(message);
    match created {
        // KIP-525: version 5 tells what the topic got.
        Ok(created) if version >= 5 => result
            .with_topic_id(if version >= 7 { created.id } else { Uuid::nil() })
            .with_num_partitions(created.partitions)
            .with_replication_factor(1),
        _ => result,
    }
}

impl Refuse for CreateTopicsRequest {
    type Response = CreateTopicsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> CreateTopicsResponse {
        let one = |topic: &CreatableTopic| {
            CreatableTopicResult::default()
                .with_name(topic_name(&topic.name))
                .with_error_code(error.code())
                .with_error_message(None)
        };
        CreateTopicsResponse::default().with_topics(self.topics.iter().map(one).collect())
    }
}
