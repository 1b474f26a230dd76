//! Describing the cluster.

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::read::Lent;
use super::refusal::Refusal;
use super::run::{Call, Request};

/// Asks what the cluster consists of.
pub struct DescribeCluster;

/// What the cluster consists of.
#[derive(Debug, Clone)]
pub struct ClusterAnswer {
    /// The id that the cluster gave itself.
    pub id: Option<String>,
    /// The broker that is the controller, or stands in for it.
    pub controller: Option<i32>,
    /// The brokers.
    pub nodes: Vec<Node>,
}

/// A broker.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id in the cluster.
    pub id: i32,
    /// The host it advertises.
    pub host: String,
    /// The port it advertises.
    pub port: u16,
    /// The rack it says it stands in.
    pub rack: Option<String>,
}

impl Request for DescribeCluster {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER;
    const LACK: &'static str = "request to describe the cluster";
    type Answer = ClusterAnswer;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call.
        unsafe { rd_kafka_DescribeCluster(client, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<ClusterAnswer, Refusal> {
        let result = event.result(rd_kafka_event_DescribeCluster_result)?;
        let nodes = result.list(rd_kafka_DescribeCluster_result_nodes);
        let controller = result.part(rd_kafka_DescribeCluster_result_controller);
        Ok(ClusterAnswer {
            id: result.text(rd_kafka_DescribeCluster_result_cluster_id),
            controller: controller.map(|node| node.value(rd_kafka_Node_id)),
            nodes: nodes.into_iter().map(node).collect(),
        })
    }
}

/// A copy of a broker that belongs to an answer.
fn node(node: Lent<'_, rd_kafka_Node_t>) -> Node {
    Node {
        id: node.value(rd_kafka_Node_id),
        host: node.text(rd_kafka_Node_host).unwrap_or_default(),
        port: node.value(rd_kafka_Node_port),
        rack: node.text(rd_kafka_Node_rack).filter(|rack| !rack.is_empty()),
    }
}
