//! From a frame to the API that answers it.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use kafka_protocol::ResponseError;
use kafka_protocol::messages::{ApiKey, ProduceRequest};

use crate::embedded::broker::api::*;
use crate::embedded::broker::node::Node;
use crate::embedded::broker::wire::{Call, Prefix, WireError, claimed_sizes, frame, versions};

/// Answers with what `$handle` makes of the request, unless a fault refuses it.
macro_rules! reply {
    ($call:ident, $body:ident, $handle:path $(, $wait:ident)?) => {{
        let request = $call.decode(&mut $body)?;
        match $call.refusal(&request) {
            Some(refusal) => $call.encode(&refusal),
            None => $call.encode(&$handle($call, request)$(.$wait)?),
        }
    }};
}

/// The frame that answers `frame`; none if the client wants no answer. An error closes the
/// connection.
pub async fn answer(
    node: &Arc<Node>,
    host: IpAddr,
    frame: Bytes,
) -> Result<Option<BytesMut>, WireError> {
    let prefix = Prefix::of(&frame)?;
    let Prefix { key, version, correlation } = prefix;
    let Some((api, range)) = versions::served(key) else {
        return Err(WireError::NotServed { key, version });
    };
    let fate = node.faults.next(api);
    let unsupported = fate.refusal() == Some(ResponseError::UnsupportedVersion);
    if api == ApiKey::ApiVersions && (unsupported || !range.contains(&version)) {
        // KIP-35: a client that is too new learns the versions from an answer at version 0.
        return frame::encode(correlation, 0, &api_versions::unsupported()).map(Some);
    }
    if !range.contains(&version) {
        return Err(WireError::NotServed { key, version });
    }
    let mut body = frame;
    let mut call = Call::open(node.clone(), host, api, prefix, &mut body)?;
    call.refuse = fate.refusal();
    claimed_sizes::check(api, version, &body)?;
    let answer = route(api, &call, body).await?;
    fate.deliver(answer).await
}

/// Producers may want no answer.
fn produced(call: &Call, request: ProduceRequest) -> Result<Option<BytesMut>, WireError> {
    let response = match call.refusal(&request) {
        Some(refusal) => refusal,
        None => produce::handle(call, request)?,
    };
    response.map_or(Ok(None), |response| call.encode(&response))
}

async fn route(api: ApiKey, call: &Call, mut body: Bytes) -> Result<Option<BytesMut>, WireError> {
    match api {
        ApiKey::Produce => produced(call, call.decode(&mut body)?),
        ApiKey::Fetch => reply!(call, body, fetch::handle, await),
        ApiKey::JoinGroup => reply!(call, body, join_group::handle, await),
        ApiKey::SyncGroup => reply!(call, body, sync_group::handle, await),
        ApiKey::AddOffsetsToTxn => reply!(call, body, add_offsets_to_txn::handle),
        ApiKey::AddPartitionsToTxn => reply!(call, body, add_partitions_to_txn::handle),
        ApiKey::AlterConfigs => reply!(call, body, alter_configs::handle),
        ApiKey::ApiVersions => reply!(call, body, api_versions::handle),
        ApiKey::ConsumerGroupDescribe => reply!(call, body, consumer_group_describe::handle),
        ApiKey::ConsumerGroupHeartbeat => reply!(call, body, consumer_group_heartbeat::handle),
        ApiKey::CreatePartitions => reply!(call, body, create_partitions::handle),
        ApiKey::CreateTopics => reply!(call, body, create_topics::handle),
        ApiKey::DeleteGroups => reply!(call, body, delete_groups::handle),
        ApiKey::DeleteRecords => reply!(call, body, delete_records::handle),
        ApiKey::DeleteTopics => reply!(call, body, delete_topics::handle),
        ApiKey::DescribeCluster => reply!(call, body, describe_cluster::handle),
        ApiKey::DescribeConfigs => reply!(call, body, describe_configs::handle),
        ApiKey::DescribeGroups => reply!(call, body, describe_groups::handle),
        ApiKey::DescribeProducers => reply!(call, body, describe_producers::handle),
        ApiKey::DescribeTopicPartitions => {
            reply!(call, body, describe_topic_partitions::handle)
        }
        ApiKey::DescribeTransactions => reply!(call, body, describe_transactions::handle),
        ApiKey::EndTxn => reply!(call, body, end_txn::handle),
        ApiKey::FindCoordinator => reply!(call, body, find_coordinator::handle),
        ApiKey::Heartbeat => reply!(call, body, heartbeat::handle),
        ApiKey::IncrementalAlterConfigs => reply!(call, body, incremental_alter_configs::handle),
        ApiKey::InitProducerId => reply!(call, body, init_producer_id::handle),
        ApiKey::LeaveGroup => reply!(call, body, leave_group::handle),
        ApiKey::ListGroups => reply!(call, body, list_groups::handle),
        ApiKey::ListOffsets => reply!(call, body, list_offsets::handle),
        ApiKey::ListTransactions => reply!(call, body, list_transactions::handle),
        ApiKey::Metadata => reply!(call, body, metadata::handle),
        ApiKey::OffsetCommit => reply!(call, body, offset_commit::handle),
        ApiKey::OffsetDelete => reply!(call, body, offset_delete::handle),
        ApiKey::OffsetFetch => reply!(call, body, offset_fetch::handle),
        ApiKey::OffsetForLeaderEpoch => reply!(call, body, offset_for_leader_epoch::handle),
        ApiKey::TxnOffsetCommit => reply!(call, body, txn_offset_commit::handle),
        other => Err(WireError::NotServed { key: other as i16, version: call.version }),
    }
}
