//! Every API answers at every version it advertises, with all that it has to say.

use std::collections::BTreeSet;
use std::fmt::Debug;

use bytes::Bytes;
use kafka_protocol::messages::delete_records_request::{
    DeleteRecordsPartition, DeleteRecordsTopic,
};
use kafka_protocol::messages::describe_topic_partitions_request::TopicRequest;
use kafka_protocol::messages::fetch_request::{FetchPartition, FetchTopic};
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::offset_for_leader_epoch_request::{
    OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::messages::*;
use kafka_protocol::protocol::{Request, StrBytes};

use kafkaefd::embedded::broker::Control;

use super::fixture::{Bed, take};
use super::raw::Raw;

/// Any bytes will do for what a member and its leader tell each other.
pub const BLOB: Bytes = Bytes::from_static(b"blob");

pub fn text(value: &str) -> StrBytes {
    StrBytes::from_string(value.to_owned())
}

pub fn topic(value: &str) -> TopicName {
    TopicName(text(value))
}

/// A connection, what the broker advertises, and what was tried of it.
pub struct Tour {
    pub raw: Raw,
    control: Control,
    advertised: Vec<(i16, i16, i16)>,
    tried: BTreeSet<i16>,
}

impl Tour {
    pub fn new(bed: &Bed) -> Tour {
        let mut raw = Raw::connect(&bed.broker);
        let keys = raw.versions().api_keys;
        let advertised = keys.iter().map(|key| (key.api_key, key.min_version, key.max_version));
        let control = bed.broker.control();
        Tour { advertised: advertised.collect(), control, raw, tried: BTreeSet::new() }
    }

    /// Sends what `request` makes for each version of its API, and shows the answers to `check`.
    /// Before that, each request is refused on demand.
    pub fn every<R: Request>(
        &mut self,
        request: impl Fn(i16) -> R,
        check: impl Fn(i16, R::Response),
    ) where
        R::Response: Debug,
    {
        let row = self.advertised.iter().find(|(key, ..)| *key == R::KEY);
        let &(_, first, last) = row.unwrap_or_else(|| panic!("{} is not served", R::KEY));
        let first = first.max(R::VERSIONS.min);
        for version in first..=last {
            self.refused(version, &request(version));
            check(version, self.raw.call(version, &request(version)));
        }
        self.tried.insert(R::KEY);
    }

    /// The answer is whole, and says of something that it was refused.
    fn refused<R: Request>(&mut self, version: i16, request: &R)
    where
        R::Response: Debug,
    {
        let api = ApiKey::try_from(R::KEY).unwrap();
        // A client of librdkafka that is just going may ask for metadata, too, and take the fault.
        let attempts = if api == ApiKey::Metadata { 20 } else { 1 };
        let refused = (0..attempts).any(|_| {
            self.control.fail(&format!("{api:?}"), "KAFKA_STORAGE_ERROR", 1).unwrap();
            format!("{:?}", self.raw.call(version, request)).contains("error_code: 56")
        });
        assert!(refused, "{api:?} v{version}");
    }

    pub fn last(&self, key: ApiKey) -> i16 {
        self.advertised.iter().find(|(known, ..)| *known == key as i16).unwrap().2
    }

    fn untried(&self) -> Vec<ApiKey> {
        let keys = self.advertised.iter().map(|(key, ..)| *key);
        keys.filter(|key| !self.tried.contains(key)).map(|k| ApiKey::try_from(k).unwrap()).collect()
    }
}

#[test]
fn every_version_is_answered() {
    let bed = Bed::new();
    bed.topic("orders", 2);
    bed.send("orders", &["a", "b"]);
    let mut tour = Tour::new(&bed);
    tour.every(|_| ApiVersionsRequest::default(), |_, answer| assert_eq!(answer.error_code, 0));
    cluster(&mut tour);
    records(&bed, &mut tour);
    offsets(&mut tour);
    super::topic_versions::topics(&mut tour);
    super::topic_versions::configs(&mut tour);
    super::group_versions::groups(&mut tour);
    super::transactions::versions::transactions(&mut tour);
    assert_eq!(tour.untried(), []);
}

fn cluster(tour: &mut Tour) {
    tour.every(
        |_| DescribeClusterRequest::default(),
        |_, answer| assert_eq!(answer.brokers.len(), 1),
    );
    tour.every(
        |_| MetadataRequest::default().with_topics(None).with_allow_auto_topic_creation(true),
        |version, answer| {
            assert_eq!(answer.topics[0].partitions.len(), 2);
            assert_eq!(!answer.topics[0].topic_id.is_nil(), version >= 10);
        },
    );
    tour.every(
        |_| {
            let orders = TopicRequest::default().with_name(topic("orders"));
            let request = DescribeTopicPartitionsRequest::default().with_topics(vec![orders]);
            request.with_response_partition_limit(1)
        },
        |_, answer| {
            let (topic, next) = (&answer.topics[0], answer.next_cursor.unwrap());
            assert_eq!((topic.partitions.len(), next.partition_index), (1, 1));
        },
    );
    tour.every(
        |_| InitProducerIdRequest::default().with_transactional_id(None),
        |_, answer| assert!(answer.producer_id.0 >= 1000),
    );
}

fn records(bed: &Bed, tour: &mut Tour) {
    let metadata = tour.raw.call(12, &MetadataRequest::default().with_topics(None));
    let id = metadata.topics[0].topic_id;
    let fetch = |version: i16| {
        let partition = FetchPartition::default().with_partition_max_bytes(1000);
        let unknown = FetchPartition::default().with_partition(9);
        let wanted = FetchTopic::default().with_partitions(vec![partition, unknown]);
        let wanted = match version {
            13.. => wanted.with_topic_id(id),
            _ => wanted.with_topic(topic("orders")),
        };
        FetchRequest::default().with_min_bytes(1).with_topics(vec![wanted])
    };
    tour.every(fetch, |_, answer| {
        let partitions = &answer.responses[0].partitions;
        assert_eq!((partitions[0].high_watermark, partitions[1].error_code), (2, 3));
        assert_eq!(partitions[0].records.as_ref().unwrap()[16], 2, "the magic number");
    });
    let mut answer = tour.raw.call(4, &fetch(4));
    let batch = answer.responses[0].partitions[0].records.take().unwrap();
    let length = 12 + u32::from_be_bytes(batch[8..12].try_into().unwrap()) as usize;
    let batch = batch.slice(..length);
    let produce = |_| {
        let data = |index| {
            let data = PartitionProduceData::default().with_index(index);
            data.with_records(Some(batch.clone()))
        };
        let data = TopicProduceData::default()
            .with_name(topic("orders"))
            .with_partition_data(vec![data(1), data(9)]);
        ProduceRequest::default().with_acks(1).with_topic_data(vec![data])
    };
    tour.every(produce, |version, answer| {
        let partitions = &answer.responses[0].partition_responses;
        assert_eq!(
            (partitions[0].base_offset, partitions[1].error_code),
            (i64::from(version) - 3, 3)
        );
    });
    let consumer = bed.consumer("clerks", &[]);
    rdkafka::consumer::Consumer::subscribe(&consumer, &["orders"]).unwrap();
    take(&consumer, 10);
}

fn offsets(tour: &mut Tour) {
    let list = |version: i16| {
        let partition = |index, timestamp| {
            let partition = ListOffsetsPartition::default().with_partition_index(index);
            partition.with_timestamp(timestamp)
        };
        let newest = if version >= 7 { -3 } else { 0 };
        let wanted =
            vec![partition(0, -1), partition(0, -2), partition(0, newest), partition(9, 0)];
        let wanted = ListOffsetsTopic::default().with_name(topic("orders")).with_partitions(wanted);
        ListOffsetsRequest::default().with_topics(vec![wanted])
    };
    tour.every(list, |version, answer| {
        let found = &answer.topics[0].partitions;
        let newest = i64::from(version >= 7);
        assert_eq!([found[0].offset, found[1].offset, found[2].offset], [2, 0, newest]);
        assert_eq!(found[3].error_code, 3);
    });
    let epoch = |_| {
        let partition = |index| OffsetForLeaderPartition::default().with_partition(index);
        let wanted = OffsetForLeaderTopic::default()
            .with_topic(topic("orders"))
            .with_partitions(vec![partition(0), partition(9)]);
        OffsetForLeaderEpochRequest::default().with_topics(vec![wanted])
    };
    tour.every(epoch, |_, answer| {
        let found = &answer.topics[0].partitions;
        assert_eq!((found[0].end_offset, found[1].error_code), (2, 3));
    });
    let delete = |_| {
        let partition = |index| DeleteRecordsPartition::default().with_partition_index(index);
        let wanted = DeleteRecordsTopic::default()
            .with_name(topic("orders"))
            .with_partitions(vec![partition(0).with_offset(1), partition(9)]);
        DeleteRecordsRequest::default().with_topics(vec![wanted])
    };
    tour.every(delete, |_, answer| {
        let done = &answer.topics[0].partitions;
        assert_eq!((done[0].low_watermark, done[1].error_code), (1, 3));
    });
}
