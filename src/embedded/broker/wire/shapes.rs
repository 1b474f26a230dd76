//! How requests with arrays are laid out, as far as [`super::claimed_sizes`] must know.
//!
//! Taken from the message definitions of Apache Kafka 4.0.

use kafka_protocol::messages::ApiKey;

/// A field of a request, in the versions that have it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// What it is.
    pub part: Part,
    /// The first version that has it.
    pub first: i16,
    /// The last version that has it.
    pub last: i16,
}

/// What a field is.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// A number of so many bytes.
    Fixed(usize),
    /// A string, or none.
    Text,
    /// Bytes, or none.
    Bytes,
    /// An array of numbers or strings.
    List(&'static Part),
    /// An array of structures.
    Each(&'static [Field]),
    /// A structure, or none.
    Maybe(&'static [Field]),
}

/// A request: its API, its first version with tagged fields (KIP-482), its fields.
pub type Shape = (ApiKey, i16, &'static [Field]);

const fn all(part: Part) -> Field {
    Field { part, first: 0, last: i16::MAX }
}

const fn from(first: i16, part: Part) -> Field {
    Field { part, first, last: i16::MAX }
}

const fn until(last: i16, part: Part) -> Field {
    Field { part, first: 0, last }
}

const fn between(first: i16, last: i16, part: Part) -> Field {
    Field { part, first, last }
}

use Part::{Bytes, Each, List, Maybe, Text};
const BYTE: Part = Part::Fixed(1);
const SHORT: Part = Part::Fixed(2);
const INT: Part = Part::Fixed(4);
const LONG: Part = Part::Fixed(8);
const UUID: Part = Part::Fixed(16);

/// Every request that is served and has an array.
pub const SHAPES: &[Shape] = &[
    (ApiKey::Produce, 9, PRODUCE),
    (ApiKey::Fetch, 12, FETCH),
    (ApiKey::ListOffsets, 6, LIST_OFFSETS),
    (ApiKey::Metadata, 9, METADATA),
    (ApiKey::OffsetCommit, 8, OFFSET_COMMIT),
    (ApiKey::OffsetFetch, 6, OFFSET_FETCH),
    (ApiKey::FindCoordinator, 3, &[until(3, Text), from(1, BYTE), from(4, List(&Text))]),
    (ApiKey::JoinGroup, 6, JOIN_GROUP),
    (ApiKey::LeaveGroup, 4, LEAVE_GROUP),
    (ApiKey::SyncGroup, 4, SYNC_GROUP),
    (ApiKey::DescribeGroups, 5, &[all(List(&Text)), from(3, BYTE)]),
    (ApiKey::ConsumerGroupHeartbeat, 0, CONSUMER_GROUP_HEARTBEAT),
    (ApiKey::ConsumerGroupDescribe, 0, &[all(List(&Text)), all(BYTE)]),
    (ApiKey::ListGroups, 3, &[from(4, List(&Text)), from(5, List(&Text))]),
    (ApiKey::DeleteGroups, 2, &[all(List(&Text))]),
    (ApiKey::CreateTopics, 5, CREATE_TOPICS),
    (ApiKey::DeleteTopics, 4, DELETE_TOPICS),
    (ApiKey::DeleteRecords, 2, DELETE_RECORDS),
    (ApiKey::CreatePartitions, 2, CREATE_PARTITIONS),
    (ApiKey::DescribeConfigs, 4, DESCRIBE_CONFIGS),
    (ApiKey::AlterConfigs, 2, ALTER_CONFIGS),
    (ApiKey::IncrementalAlterConfigs, 1, INCREMENTAL_ALTER_CONFIGS),
    (ApiKey::OffsetForLeaderEpoch, 4, OFFSET_FOR_LEADER_EPOCH),
    (ApiKey::OffsetDelete, i16::MAX, OFFSET_DELETE),
    (ApiKey::AddPartitionsToTxn, 3, ADD_PARTITIONS_TO_TXN),
    (ApiKey::TxnOffsetCommit, 3, TXN_OFFSET_COMMIT),
    (ApiKey::DescribeProducers, 0, &[all(Each(&[all(Text), all(List(&INT))]))]),
    (ApiKey::DescribeTransactions, 0, &[all(List(&Text))]),
    (ApiKey::DescribeTopicPartitions, 0, DESCRIBE_TOPIC_PARTITIONS),
    (ApiKey::ListTransactions, 0, &[all(List(&Text)), all(List(&LONG)), from(1, LONG)]),
];

const PRODUCE: &[Field] = &[
    from(3, Text),
    all(SHORT),
    all(INT),
    all(Each(&[all(Text), all(Each(&[all(INT), all(Bytes)]))])),
];

const FETCH: &[Field] = &[
    until(14, INT),
    all(INT),
    all(INT),
    all(INT),
    all(BYTE),
    from(7, INT),
    from(7, INT),
    all(Each(&[until(12, Text), from(13, UUID), all(Each(FETCH_PARTITION))])),
    from(7, Each(&[until(12, Text), from(13, UUID), all(List(&INT))])),
    from(11, Text),
];
const FETCH_PARTITION: &[Field] =
    &[all(INT), from(9, INT), all(LONG), from(12, INT), from(5, LONG), all(INT)];

const LIST_OFFSETS: &[Field] = &[
    all(INT),
    from(2, BYTE),
    all(Each(&[all(Text), all(Each(&[all(INT), from(4, INT), all(LONG)]))])),
];

const METADATA: &[Field] =
    &[all(Each(&[from(10, UUID), all(Text)])), from(4, BYTE), between(8, 10, BYTE), from(8, BYTE)];

const OFFSET_COMMIT: &[Field] = &[
    all(Text),
    all(INT),
    all(Text),
    from(7, Text),
    until(4, LONG),
    all(Each(&[all(Text), all(Each(&[all(INT), all(LONG), from(6, INT), all(Text)]))])),
];

const OFFSET_FETCH: &[Field] = &[
    until(7, Text),
    until(7, Each(&[all(Text), all(List(&INT))])),
    from(8, Each(OFFSET_FETCH_GROUP)),
    from(7, BYTE),
];
const OFFSET_FETCH_GROUP: &[Field] =
    &[all(Text), from(9, Text), from(9, INT), all(Each(&[all(Text), all(List(&INT))]))];

const JOIN_GROUP: &[Field] = &[
    all(Text),
    all(INT),
    from(1, INT),
    all(Text),
    from(5, Text),
    all(Text),
    all(Each(&[all(Text), all(Bytes)])),
    from(8, Text),
];

const LEAVE_GROUP: &[Field] =
    &[all(Text), until(2, Text), from(3, Each(&[all(Text), all(Text), from(5, Text)]))];

const CONSUMER_GROUP_HEARTBEAT: &[Field] = &[
    all(Text),
    all(Text),
    all(INT),
    all(Text),
    all(Text),
    all(INT),
    all(List(&Text)),
    from(1, Text),
    all(Text),
    all(Each(&[all(UUID), all(List(&INT))])),
];

const SYNC_GROUP: &[Field] = &[
    all(Text),
    all(INT),
    all(Text),
    from(3, Text),
    from(5, Text),
    from(5, Text),
    all(Each(&[all(Text), all(Bytes)])),
];

const CREATE_TOPICS: &[Field] = &[
    all(Each(&[
        all(Text),
        all(INT),
        all(SHORT),
        all(Each(&[all(INT), all(List(&INT))])),
        all(Each(&[all(Text), all(Text)])),
    ])),
    all(INT),
    all(BYTE),
];

const DELETE_TOPICS: &[Field] =
    &[from(6, Each(&[all(Text), all(UUID)])), until(5, List(&Text)), all(INT)];

const DELETE_RECORDS: &[Field] =
    &[all(Each(&[all(Text), all(Each(&[all(INT), all(LONG)]))])), all(INT)];

const CREATE_PARTITIONS: &[Field] =
    &[all(Each(&[all(Text), all(INT), all(Each(&[all(List(&INT))]))])), all(INT), all(BYTE)];

const DESCRIBE_TOPIC_PARTITIONS: &[Field] =
    &[all(Each(&[all(Text)])), all(INT), all(Maybe(&[all(Text), all(INT)]))];

const DESCRIBE_CONFIGS: &[Field] =
    &[all(Each(&[all(BYTE), all(Text), all(List(&Text))])), all(BYTE), from(3, BYTE)];

const ALTER_CONFIGS: &[Field] =
    &[all(Each(&[all(BYTE), all(Text), all(Each(&[all(Text), all(Text)]))])), all(BYTE)];

const INCREMENTAL_ALTER_CONFIGS: &[Field] =
    &[all(Each(&[all(BYTE), all(Text), all(Each(&[all(Text), all(BYTE), all(Text)]))])), all(BYTE)];

const OFFSET_FOR_LEADER_EPOCH: &[Field] =
    &[from(3, INT), all(Each(&[all(Text), all(Each(&[all(INT), all(INT), all(INT)]))]))];

const OFFSET_DELETE: &[Field] = &[all(Text), all(Each(&[all(Text), all(Each(&[all(INT)]))]))];

const ADD_PARTITIONS_TO_TXN: &[Field] =
    &[all(Text), all(LONG), all(SHORT), all(Each(&[all(Text), all(List(&INT))]))];

const TXN_OFFSET_COMMIT: &[Field] = &[
    all(Text),
    all(Text),
    all(LONG),
    all(SHORT),
    from(3, INT),
    from(3, Text),
    from(3, Text),
    all(Each(&[all(Text), all(Each(&[all(INT), all(LONG), from(2, INT), all(Text)]))])),
];
