//! Which versions of which APIs are served: what `ApiVersions` answers and what is let in.
//!
//! An own table, because the codec knows APIs and versions whose rules the broker does not keep.

use std::ops::RangeInclusive;

use kafka_protocol::messages::ApiKey;

/// Every API with its first and last version.
pub const SERVED: &[(ApiKey, i16, i16)] = &[
    // Below 3 nothing can be decoded, but clients take a missing 0 for a broker without compression.
    (ApiKey::Produce, 0, 10),
    (ApiKey::Fetch, 4, 16),
    (ApiKey::ListOffsets, 1, 7),
    (ApiKey::Metadata, 0, 13),
    (ApiKey::OffsetCommit, 2, 9),
    (ApiKey::OffsetFetch, 1, 9),
    (ApiKey::FindCoordinator, 0, 4),
    (ApiKey::JoinGroup, 0, 9),
    (ApiKey::Heartbeat, 0, 4),
    (ApiKey::LeaveGroup, 0, 5),
    (ApiKey::SyncGroup, 0, 5),
    (ApiKey::ApiVersions, 0, 4),
    (ApiKey::CreateTopics, 2, 7),
    (ApiKey::DeleteTopics, 1, 6),
    (ApiKey::InitProducerId, 0, 4),
    (ApiKey::DescribeGroups, 0, 6),
    (ApiKey::ListGroups, 0, 5),
    (ApiKey::DeleteGroups, 0, 2),
    (ApiKey::OffsetDelete, 0, 0),
    (ApiKey::DeleteRecords, 0, 2),
    (ApiKey::CreatePartitions, 0, 3),
    (ApiKey::DescribeConfigs, 1, 4),
    (ApiKey::AlterConfigs, 0, 2),
    (ApiKey::IncrementalAlterConfigs, 0, 1),
    (ApiKey::OffsetForLeaderEpoch, 2, 4),
    (ApiKey::AddPartitionsToTxn, 0, 3),
    (ApiKey::AddOffsetsToTxn, 0, 3),
    (ApiKey::EndTxn, 0, 3),
    (ApiKey::TxnOffsetCommit, 0, 3),
    (ApiKey::DescribeCluster, 0, 2),
    (ApiKey::ConsumerGroupHeartbeat, 0, 1),
    // librdkafka 2.12 ends the process where a broker tells types of groups and lacks this one.
    (ApiKey::ConsumerGroupDescribe, 0, 1),
    (ApiKey::DescribeProducers, 0, 0),
    (ApiKey::DescribeTransactions, 0, 0),
    (ApiKey::ListTransactions, 0, 1),
    (ApiKey::DescribeTopicPartitions, 0, 0),
];

/// The versions of the API with number `key` that are served.
pub fn served(key: i16) -> Option<(ApiKey, RangeInclusive<i16>)> {
    let &(api, first, last) = SERVED.iter().find(|(api, ..)| *api as i16 == key)?;
    Some((api, first..=last))
}
