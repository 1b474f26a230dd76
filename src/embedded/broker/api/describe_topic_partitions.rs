//! Topics and their partitions, a page at a time (KIP-966).

use std::collections::BTreeSet;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_topic_partitions_request::TopicRequest;
use kafka_protocol::messages::describe_topic_partitions_response::{
    Cursor, DescribeTopicPartitionsResponsePartition as Partition,
    DescribeTopicPartitionsResponseTopic as Described,
};
use kafka_protocol::messages::{
    BrokerId, DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse,
};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::{LEADER_EPOCH, NODE_ID, Node};
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::topics::names;
use crate::embedded::broker::wire::{Call, topic_name};

/// Kafka's `max.request.partition.size.limit`.
const MOST: i32 = 2000;

/// Describes the topics asked for, or all if none is named, from the cursor on.
pub fn handle(
    call: &Call,
    request: DescribeTopicPartitionsRequest,
) -> DescribeTopicPartitionsResponse {
    if request.cursor.as_ref().is_some_and(|cursor| cursor.partition_index < 0) {
        return request.refuse(call, ResponseError::InvalidRequest);
    }
    let all = request.topics.is_empty();
    let names: BTreeSet<String> = if all {
        call.node.topics.all().iter().map(|topic| topic.name.clone()).collect()
    } else {
        request.topics.iter().map(|topic| topic.name.to_string()).collect()
    };
    let (from, first) = match &request.cursor {
        Some(cursor) => (cursor.topic_name.as_str(), cursor.partition_index),
        None => ("", 0),
    };
    let mut page = Page {
        left: request.response_partition_limit.clamp(1, MOST),
        topics: Vec::new(),
        next: None,
    };
    for name in names.iter().filter(|name| name.as_str() >= from) {
        if page.left == 0 {
            page.next = Some(cursor(name, 0));
            break;
        }
        let first = if name == from { first } else { 0 };
        page.add(&call.node, name, first);
        if page.next.is_some() {
            break;
        }
    }
    DescribeTopicPartitionsResponse::default().with_topics(page.topics).with_next_cursor(page.next)
}

/// What is answered at once.
struct Page {
    left: i32,
    topics: Vec<Described>,
    next: Option<Cursor>,
}

impl Page {
    /// Adds the partitions of `name` from `first` on, as long as there is room.
    fn add(&mut self, node: &Node, name: &str, first: i32) {
        let Ok(topic) = node.topics.get(name) else {
            self.topics.push(missing(name));
            return;
        };
        let count = topic.count();
        let end = count.min(first.saturating_add(self.left)).max(first.min(count));
        self.left -= (end - first).max(0);
        if end < count {
            self.next = Some(cursor(name, end));
        }
        self.topics.push(describe(&topic, first.min(end)..end));
    }
}

fn cursor(topic: &str, partition: i32) -> Cursor {
    Cursor::default().with_topic_name(topic_name(topic)).with_partition_index(partition)
}

fn missing(name: &str) -> Described {
    let error = match names::check(name) {
        Ok(()) => ResponseError::UnknownTopicOrPartition,
        Err(fault) => fault.error,
    };
    Described::default().with_name(Some(topic_name(name))).with_error_code(error.code())
}

fn describe(topic: &Topic, partitions: std::ops::Range<i32>) -> Described {
    let here = || vec![BrokerId(NODE_ID)];
    let partition = |index| {
        Partition::default()
            .with_partition_index(index)
            .with_leader_id(BrokerId(NODE_ID))
            .with_leader_epoch(LEADER_EPOCH)
            .with_replica_nodes(here())
            .with_isr_nodes(here())
            .with_eligible_leader_replicas(Some(Vec::new()))
            .with_last_known_elr(Some(Vec::new()))
    };
    Described::default()
        .with_name(Some(topic_name(&topic.name)))
        .with_topic_id(topic.id)
        .with_partitions(partitions.map(partition).collect())
}

impl Refuse for DescribeTopicPartitionsRequest {
    type Response = DescribeTopicPartitionsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeTopicPartitionsResponse {
        let one = |topic: &TopicRequest| {
            let name = Some(topic_name(&topic.name));
            Described::default().with_name(name).with_error_code(error.code())
        };
        DescribeTopicPartitionsResponse::default()
            .with_topics(self.topics.iter().map(one).collect())
    }

    fn has_place(&self, _call: &Call, _error: ResponseError) -> bool {
        !self.topics.is_empty()
    }
}
