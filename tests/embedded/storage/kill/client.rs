//! What the witnesses ask a broker that has just been started.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::Message;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use crate::embedded::broker::fixture::{SOON, wait};

/// A client that finds the broker soon after it was started again.
pub fn config(broker: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", broker);
    config.set("reconnect.backoff.ms", "5").set("reconnect.backoff.max.ms", "20");
    config.set("retry.backoff.ms", "5").set("retry.backoff.max.ms", "50");
    config.set("enable.auto.commit", "false");
    config
}

/// Creates a topic with `partitions` partitions.
pub fn create(broker: &str, name: &str, partitions: i32) {
    let admin: AdminClient<DefaultClientContext> = config(broker).create().unwrap();
    let topic = NewTopic::new(name, partitions, TopicReplication::Fixed(1));
    let done = wait(admin.create_topics([&topic], &AdminOptions::new())).unwrap();
    assert_eq!(done, [Ok(name.to_owned())]);
}

/// A record at its partition and offset.
pub struct Found {
    pub place: (i32, i64),
    pub value: String,
}

/// All records of `topic`, or the committed ones.
pub fn read(broker: &str, topic: &str, partitions: i32, committed: bool) -> Vec<Found> {
    let mut config = config(broker);
    let isolation = if committed { "read_committed" } else { "read_uncommitted" };
    config.set("group.id", "readers").set("isolation.level", isolation);
    config.set("enable.partition.eof", "true").set("check.crcs", "true");
    config.set("fetch.wait.max.ms", "5");
    let consumer: BaseConsumer = config.create().unwrap();
    // A client that knows the leader begins at once, else it tries again after half a second.
    consumer.fetch_metadata(Some(topic), SOON).unwrap();
    let mut list = TopicPartitionList::new();
    for partition in 0..partitions {
        list.add_partition_offset(topic, partition, Offset::Beginning).unwrap();
    }
    consumer.assign(&list).unwrap();
    let (mut found, mut ended) = (Vec::new(), BTreeSet::new());
    let end = Instant::now() + SOON;
    while ended.len() < partitions as usize {
        assert!(Instant::now() < end, "no end of {topic} in time");
        match consumer.poll(Duration::from_millis(100)) {
            None => {}
            Some(Ok(record)) => found.push(Found {
                place: (record.partition(), record.offset()),
                value: record.payload_view::<str>().unwrap().unwrap().to_owned(),
            }),
            Some(Err(KafkaError::PartitionEOF(partition))) => drop(ended.insert(partition)),
            Some(Err(error)) => panic!("{error}"),
        }
    }
    found
}

/// The offset that `group` committed for a partition; -1 if none. It waits for one that an open
/// transaction holds.
pub fn committed(broker: &str, group: &str, topic: &str, partition: i32) -> i64 {
    let consumer: BaseConsumer = config(broker).set("group.id", group).create().unwrap();
    let mut list = TopicPartitionList::new();
    list.add_partition(topic, partition);
    let end = Instant::now() + SOON;
    loop {
        match consumer.committed_offsets(list.clone(), SOON) {
            Ok(list) => return list.elements()[0].offset().to_raw().unwrap().max(-1),
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
    }
}
