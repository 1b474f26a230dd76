//! A member of a group to which the broker assigns joins, stays or leaves (KIP-848).

use std::time::Duration;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::consumer_group_heartbeat_request::TopicPartitions as Owned;
use kafka_protocol::messages::consumer_group_heartbeat_response::{
    Assignment as Assigned, TopicPartitions,
};
use kafka_protocol::messages::{ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse};
use kafka_protocol::protocol::StrBytes;
use tokio::time::Instant;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::groups::Group;
use crate::embedded::broker::groups::consumer::{
    ASSIGNORS, AWAY, Assignment, Beat, Beaten, JOINS, LEAVES, Pattern,
};
use crate::embedded::broker::wire::{Call, ItemError, nullable, owned, text};

/// The first version whose members choose their ids themselves.
const OWN_ID: i16 = 1;

/// Answers with the member's epoch, and what it has if that changed.
pub fn handle(
    call: &Call,
    request: ConsumerGroupHeartbeatRequest,
) -> ConsumerGroupHeartbeatResponse {
    let response = ConsumerGroupHeartbeatResponse::default();
    let beaten =
        check(call.version, &request).and_then(|()| read(call, &request)).and_then(|beat| {
            let beaten = beat_in(call, &request, &beat)?;
            Ok((beat.member, beaten))
        });
    match beaten {
        Ok((member, Beaten { epoch, assigned })) => response
            .with_member_id(Some(text(&member)))
            .with_member_epoch(epoch)
            .with_heartbeat_interval_ms(if epoch > 0 {
                call.node.settings.heartbeat_ms()
            } else {
                0
            })
            .with_assignment(assigned.map(|assigned| write(&assigned))),
        Err(fault) => {
            request.refuse(call, fault.error).with_error_message(nullable(Some(&fault.message)))
        }
    }
}

fn beat_in(
    call: &Call,
    request: &ConsumerGroupHeartbeatRequest,
    beat: &Beat,
) -> Result<Beaten, ItemError> {
    let (node, name) = (&call.node, &*request.group_id);
    let now = Instant::now();
    let shared = match node.groups.get(name) {
        None if beat.epoch != JOINS => {
            let message = format!("Consumer group {name} not found.");
            return Err(ItemError::new(ResponseError::GroupIdNotFound, message));
        }
        None => node.groups.get_or_create(name),
        Some(shared) => shared,
    };
    shared.change(|group: &mut Group| match beat.epoch {
        JOINS => group.consumer_to_join(name)?.beat(beat, &node.topics, now),
        LEAVES | AWAY => {
            group.consumer(name)?.leave(beat, &node.topics)?;
            Ok(Beaten { epoch: beat.epoch, assigned: None })
        }
        _ => group.consumer(name)?.beat(beat, &node.topics, now),
    })
}

/// Whether the request says what it must, in the order in which Kafka asks.
fn check(version: i16, request: &ConsumerGroupHeartbeatRequest) -> Result<(), ItemError> {
    let joins = request.member_epoch == JOINS;
    let empty = |value: &Option<StrBytes>| value.as_ref().is_some_and(|value| value.is_empty());
    let subscribed =
        request.subscribed_topic_names.is_some() || request.subscribed_topic_regex.is_some();
    let owns_nothing = request.topic_partitions.as_ref().is_some_and(Vec::is_empty);
    let rules = [
        (request.group_id.is_empty(), "GroupId can't be empty."),
        (empty(&request.instance_id), "InstanceId can't be empty."),
        (empty(&request.rack_id), "RackId can't be empty."),
        (request.member_id.is_empty() && (version >= OWN_ID || !joins), "MemberId can't be empty."),
        (
            joins && request.rebalance_timeout_ms == -1,
            "RebalanceTimeoutMs must be provided in first request.",
        ),
        (joins && !owns_nothing, "TopicPartitions must be empty when (re-)joining."),
        (
            joins && !subscribed,
            "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.",
        ),
        (
            request.member_epoch == AWAY && request.instance_id.is_none(),
            "InstanceId can't be null.",
        ),
        (request.member_epoch < AWAY, "MemberEpoch is invalid."),
    ];
    match rules.iter().find(|(broken, _)| *broken) {
        Some((_, message)) => Err(ItemError::new(ResponseError::InvalidRequest, *message)),
        None => check_assignor(request.server_assignor.as_deref()),
    }
}

fn check_assignor(name: Option<&str>) -> Result<(), ItemError> {
    match name {
        Some(name) if !ASSIGNORS.contains(&name) => {
            let known = ASSIGNORS.join(", ");
            let message =
                format!("ServerAssignor {name} is not supported. Supported assignors: {known}.");
            Err(ItemError::new(ResponseError::UnsupportedAssignor, message))
        }
        _ => Ok(()),
    }
}

fn read(call: &Call, request: &ConsumerGroupHeartbeatRequest) -> Result<Beat, ItemError> {
    let member = match request.member_id.as_str() {
        "" => call.node.groups.ids.next().to_string(),
        id => id.to_owned(),
    };
    let names = request.subscribed_topic_names.as_ref();
    let owns = request.topic_partitions.as_ref();
    let pattern = |pattern: &StrBytes| Pattern::parse(pattern);
    Ok(Beat {
        member,
        epoch: request.member_epoch,
        instance: owned(request.instance_id.as_ref()),
        rack: owned(request.rack_id.as_ref()),
        client_id: call.client_id.clone(),
        host: format!("/{}", call.host),
        rebalance: u64::try_from(request.rebalance_timeout_ms).ok().map(Duration::from_millis),
        names: names.map(|names| names.iter().map(|name| name.to_string()).collect()),
        pattern: request.subscribed_topic_regex.as_ref().map(pattern).transpose()?,
        assignor: owned(request.server_assignor.as_ref()),
        owned: owns.map(|topics| {
            let each = |topic: &Owned| {
                let id = topic.topic_id;
                topic.partitions.clone().into_iter().map(move |partition| (id, partition))
            };
            topics.iter().flat_map(each).collect::<Assignment>()
        }),
        session: call.node.settings.session(),
    })
}

fn write(assigned: &Assignment) -> Assigned {
    let topic =
        |(id, partitions)| TopicPartitions::default().with_topic_id(id).with_partitions(partitions);
    Assigned::default().with_topic_partitions(assigned.topics().map(topic).collect())
}

impl Refuse for ConsumerGroupHeartbeatRequest {
    type Response = ConsumerGroupHeartbeatResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ConsumerGroupHeartbeatResponse {
        ConsumerGroupHeartbeatResponse::default()
            .with_error_code(error.code())
            .with_error_message(None)
            .with_member_id(None)
            .with_assignment(None)
    }
}
