//! The broker, the topics and their leaders; creates topics that are asked for where allowed.

use std::sync::Arc;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::metadata_response::{
    MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
};
use kafka_protocol::messages::{BrokerId, MetadataRequest, MetadataResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::{CLUSTER_ID, LEADER_EPOCH, NODE_ID, Node};
use crate::embedded::broker::topics::names;
use crate::embedded::broker::topics::{Overrides, Topic};
use crate::embedded::broker::wire::{Call, text, topic_name};

/// The first version that can tell a client to start anew (KIP-1102).
const REBOOTSTRAP: i16 = 13;

/// Describes the cluster and the topics asked for; null, or nothing at version 0, is all of them.
pub fn handle(call: &Call, request: MetadataRequest) -> MetadataResponse {
    let node = &call.node;
    let create = request.allow_auto_topic_creation || call.version < 4;
    let topics = match wanted(call, &request) {
        None => node.topics.all().iter().map(|topic| describe(topic)).collect(),
        Some(topics) => topics.iter().map(|topic| answer(node, topic, create)).collect(),
    };
    cluster(node).with_topics(topics)
}

/// The topics asked for; none asks for all.
fn wanted<'a>(call: &Call, request: &'a MetadataRequest) -> Option<&'a [MetadataRequestTopic]> {
    request.topics.as_deref().filter(|topics| call.version > 0 || !topics.is_empty())
}

/// The cluster without its topics.
fn cluster(node: &Node) -> MetadataResponse {
    let broker = MetadataResponseBroker::default()
        .with_node_id(BrokerId(NODE_ID))
        .with_host(text(&node.host()))
        .with_port(node.port());
    MetadataResponse::default()
        .with_brokers(vec![broker])
        .with_cluster_id(Some(text(CLUSTER_ID)))
        .with_controller_id(BrokerId(NODE_ID))
}

fn answer(node: &Node, wanted: &MetadataRequestTopic, create: bool) -> MetadataResponseTopic {
    let found = match &wanted.name {
        Some(name) => find(node, name, create),
        None => node.topics.by_id(wanted.topic_id),
    };
    match found {
        Ok(topic) => describe(&topic),
        Err(error) => MetadataResponseTopic::default()
            .with_name(wanted.name.as_ref().map(|name| topic_name(name)))
            .with_topic_id(wanted.topic_id)
            .with_error_code(error.code()),
    }
}

fn find(node: &Node, name: &str, create: bool) -> Result<Arc<Topic>, ResponseError> {
    match node.topics.get(name) {
        Err(_) if create && node.settings.auto_create() => node
            .topics
            .create(name, node.settings.partitions(), Overrides::new())
            // Another client may have created it in between.
            .or_else(|fault| node.topics.get(name).map_err(|_| fault.error)),
        Err(_) if names::check(name).is_err() => Err(ResponseError::InvalidTopicException),
        found => found,
    }
}

fn describe(topic: &Topic) -> MetadataResponseTopic {
    let partition = |index| {
        MetadataResponsePartition::default()
            .with_partition_index(index)
            .with_leader_id(BrokerId(NODE_ID))
            .with_leader_epoch(LEADER_EPOCH)
            .with_replica_nodes(vec![BrokerId(NODE_ID)])
            .with_isr_nodes(vec![BrokerId(NODE_ID)])
    };
    MetadataResponseTopic::default()
        .with_name(Some(topic_name(&topic.name)))
        .with_topic_id(topic.id)
        .with_partitions((0..topic.count()).map(partition).collect())
}

impl Refuse for MetadataRequest {
    type Response = MetadataResponse;

    fn refuse(&self, call: &Call, error: ResponseError) -> MetadataResponse {
        if at_the_top(call, error) {
            return cluster(&call.node).with_error_code(error.code());
        }
        let refused = |name: Option<&str>, id| {
            MetadataResponseTopic::default()
                .with_name(name.map(topic_name))
                .with_topic_id(id)
                .with_error_code(error.code())
        };
        let topics = match wanted(call, self) {
            None => call.node.topics.all().iter().map(|t| refused(Some(&t.name), t.id)).collect(),
            Some(topics) => {
                topics.iter().map(|t| refused(t.name.as_ref().map(|n| &***n), t.topic_id)).collect()
            }
        };
        cluster(&call.node).with_topics(topics)
    }

    /// An answer of brokers only has none: clients ask for those by themselves.
    fn has_place(&self, call: &Call, error: ResponseError) -> bool {
        at_the_top(call, error)
            || match wanted(call, self) {
                None => !call.node.topics.all().is_empty(),
                Some(topics) => !topics.is_empty(),
            }
    }
}

/// KIP-1102: this one is of the cluster, not of a topic.
fn at_the_top(call: &Call, error: ResponseError) -> bool {
    error == ResponseError::RebootstrapRequired && call.version >= REBOOTSTRAP
}
