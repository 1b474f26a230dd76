//! The cluster and its only broker (KIP-700).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_cluster_response::DescribeClusterBroker;
use kafka_protocol::messages::{BrokerId, DescribeClusterRequest, DescribeClusterResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::{CLUSTER_ID, NODE_ID};
use crate::embedded::broker::wire::{Call, text};

/// Describes the cluster.
pub fn handle(call: &Call, _request: DescribeClusterRequest) -> DescribeClusterResponse {
    let broker = DescribeClusterBroker::default()
        .with_broker_id(BrokerId(NODE_ID))
        .with_host(text(&call.node.host()))
        .with_port(call.node.port());
    DescribeClusterResponse::default()
        .with_cluster_id(text(CLUSTER_ID))
        .with_controller_id(BrokerId(NODE_ID))
        .with_brokers(vec![broker])
}

impl Refuse for DescribeClusterRequest {
    type Response = DescribeClusterResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeClusterResponse {
        DescribeClusterResponse::default().with_error_code(error.code())
    }
}
