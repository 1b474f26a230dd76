//! Listing, describing and deleting consumer groups.

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::rd_kafka_consumer_group_state_t as State;
use rdkafka::bindings::rd_kafka_consumer_group_type_t as Type;
use rdkafka::bindings::*;

use super::event::Event;
use super::owned::{Owned, array};
use super::partitions;
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};

/// A consumer group in one line.
#[derive(Clone)]
pub struct Listing {
    /// Its name.
    pub name: String,
    /// Kafka's word for what it is doing; none where it is not told, or librdkafka does not know it.
    pub state: Option<&'static str>,
    /// `classic` or `consumer` (KIP-848); none where it is not told.
    pub kind: Option<&'static str>,
}

/// Lists all consumer groups. One broker that cannot tell its groups is an error.
#[derive(Clone)]
pub struct ListGroups;

impl Request for ListGroups {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS;
    const LACK: &'static str = "consumer groups";
    type Answer = Vec<Listing>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_ListConsumerGroups(call.client(), call.options.as_ptr(), call.queue()) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_ListConsumerGroups_result)?;
        let groups = result.list(rd_kafka_ListConsumerGroups_result_valid);
        let errors = result.list(rd_kafka_ListConsumerGroups_result_errors);
        match errors.into_iter().find_map(|error| Refusal::lent(Some(error))) {
            Some(refusal) => Err(refusal),
            None => Ok(groups.into_iter().map(listing).collect()),
        }
    }
}

fn listing(group: Lent<'_, rd_kafka_ConsumerGroupListing_t>) -> Listing {
    Listing {
        name: group.text(rd_kafka_ConsumerGroupListing_group_id).unwrap_or_default(),
        state: state(group.value(rd_kafka_ConsumerGroupListing_state)),
        kind: kind(group.value(rd_kafka_ConsumerGroupListing_type)),
    }
}

fn state(state: State) -> Option<&'static str> {
    match state {
        State::RD_KAFKA_CONSUMER_GROUP_STATE_PREPARING_REBALANCE => Some("PreparingRebalance"),
        State::RD_KAFKA_CONSUMER_GROUP_STATE_COMPLETING_REBALANCE => Some("CompletingRebalance"),
        State::RD_KAFKA_CONSUMER_GROUP_STATE_STABLE => Some("Stable"),
        State::RD_KAFKA_CONSUMER_GROUP_STATE_DEAD => Some("Dead"),
        State::RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY => Some("Empty"),
        _ => None,
    }
}

fn kind(kind: Type) -> Option<&'static str> {
    match kind {
        Type::RD_KAFKA_CONSUMER_GROUP_TYPE_CONSUMER => Some("consumer"),
        Type::RD_KAFKA_CONSUMER_GROUP_TYPE_CLASSIC => Some("classic"),
        _ => None,
    }
}

/// A consumer group.
#[derive(Clone)]
pub struct Description {
    /// As in [`Listing`].
    pub state: Option<&'static str>,
    /// How partitions are shared; empty while nothing is shared.
    pub assignor: String,
    /// Id, host and port of the broker that keeps it.
    pub coordinator: Option<(i32, String, u16)>,
    /// Its members.
    pub members: Vec<Membership>,
}

/// One member of a group.
#[derive(Clone)]
pub struct Membership {
    /// The id that the broker gave it.
    pub id: String,
    /// What its client calls itself.
    pub client: String,
    /// Where its client is.
    pub host: String,
    /// The id that its owner gave it (KIP-345).
    pub instance: Option<String>,
    /// The partitions that it reads.
    pub partitions: Vec<(String, i32)>,
}

/// Describes groups. Only for brokers that tell the types of groups: librdkafka ends the process
/// where a broker does not know `ConsumerGroupDescribe`.
#[derive(Clone)]
pub struct DescribeGroups {
    /// Their names, each once.
    pub names: Vec<String>,
}

impl Request for DescribeGroups {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS;
    const LACK: &'static str = "descriptions of consumer groups";
    type Answer = Vec<Result<Description, Refusal>>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let names = self.names.iter().map(|n| c_text(n)).collect::<Result<Vec<_>, _>>()?;
        let mut names: Vec<_> = names.iter().map(|name| name.as_ptr()).collect();
        let (first, count) = (names.as_mut_ptr(), names.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DescribeConsumerGroups(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DescribeConsumerGroups_result)?;
        let groups = result.list(rd_kafka_DescribeConsumerGroups_result_groups);
        Ok(groups.into_iter().map(description).collect())
    }
}

fn description(
    group: Lent<'_, rd_kafka_ConsumerGroupDescription_t>,
) -> Result<Description, Refusal> {
    if let Some(refusal) = Refusal::lent(group.part(rd_kafka_ConsumerGroupDescription_error)) {
        return Err(refusal);
    }
    let members = (0..group.value(rd_kafka_ConsumerGroupDescription_member_count))
        // SAFETY: the group is live, the index below its count; the member belongs to the group.
        .filter_map(|at| unsafe {
            Lent::new(rd_kafka_ConsumerGroupDescription_member(group.as_ptr(), at))
        });
    let coordinator = group.part(rd_kafka_ConsumerGroupDescription_coordinator);
    Ok(Description {
        state: state(group.value(rd_kafka_ConsumerGroupDescription_state)),
        assignor: group
            .text(rd_kafka_ConsumerGroupDescription_partition_assignor)
            .unwrap_or_default(),
        coordinator: coordinator.map(|node| {
            let host = node.text(rd_kafka_Node_host).unwrap_or_default();
            (node.value(rd_kafka_Node_id), host, node.value(rd_kafka_Node_port))
        }),
        members: members.map(membership).collect(),
    })
}

fn membership(member: Lent<'_, rd_kafka_MemberDescription_t>) -> Membership {
    let assignment = member.part(rd_kafka_MemberDescription_assignment);
    let assigned = assignment.and_then(|a| a.part(rd_kafka_MemberAssignment_partitions));
    let partitions = assigned.map(partitions::each).unwrap_or_default();
    let text = |getter| member.text(getter).unwrap_or_default();
    Membership {
        id: text(rd_kafka_MemberDescription_consumer_id),
        client: text(rd_kafka_MemberDescription_client_id),
        host: text(rd_kafka_MemberDescription_host),
        instance: member.text(rd_kafka_MemberDescription_group_instance_id),
        partitions: partitions.into_iter().map(|(at, _)| (at.topic, at.partition)).collect(),
    }
}

/// Deletes groups with all that they committed. The answer tells of each.
#[derive(Clone)]
pub struct DeleteGroups {
    /// Their names, each once.
    pub names: Vec<String>,
}

impl Request for DeleteGroups {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DELETEGROUPS;
    const LACK: &'static str = "request to delete consumer groups";
    type Answer = Vec<Result<(), Refusal>>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut groups = Vec::new();
        for name in &self.names {
            let name = c_text(name)?;
            // SAFETY: the name is live and gets copied; the object is new and ours.
            let group = unsafe { Owned::take(rd_kafka_DeleteGroup_new(name.as_ptr())) };
            groups.push(group.ok_or_else(|| Refusal::argument("a group has no name"))?);
        }
        let (first, count) = (array(&mut groups), groups.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DeleteGroups(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DeleteGroups_result)?;
        let groups = result.list(rd_kafka_DeleteGroups_result_groups);
        let error = |group: Lent<'_, rd_kafka_group_result_t>| {
            Refusal::lent(group.part(rd_kafka_group_result_error)).map_or(Ok(()), Err)
        };
        Ok(groups.into_iter().map(error).collect())
    }
}
