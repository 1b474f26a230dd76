//! Compression: the broker keeps batches as they come, so a client must not give up compressing,
//! and any other client reads what it wrote.

use kafka_protocol::messages::fetch_request::{FetchPartition, FetchRequest, FetchTopic};
use kafka_protocol::messages::{BrokerId, TopicName};
use kafka_protocol::protocol::StrBytes;

use crate::embedded::broker::raw::Raw;
use crate::embedded::clients::client::{Reading, Writing};
use crate::embedded::clients::record::{Record, contents};
use crate::embedded::clients::scene::Scene;

const CODECS: [&str; 5] = ["none", "gzip", "snappy", "lz4", "zstd"];

/// Where the attributes of a batch lie, of which the last three bits are the codec.
const ATTRIBUTES: usize = 22;

/// The codec of the first batch in partition 0 of `topic`.
fn stored(broker: &str, topic: &str) -> &'static str {
    let partition = FetchPartition::default()
        .with_partition(0)
        .with_fetch_offset(0)
        .with_partition_max_bytes(1 << 20);
    let name = TopicName(StrBytes::from_string(topic.to_owned()));
    let topic = FetchTopic::default().with_topic(name).with_partitions(vec![partition]);
    let request = FetchRequest::default()
        .with_replica_id(BrokerId(-1))
        .with_max_bytes(1 << 20)
        .with_topics(vec![topic]);
    let answer = Raw::to(broker).call(11, &request);
    let records = answer.responses[0].partitions[0].records.clone().unwrap();
    CODECS[usize::from(records[ATTRIBUTES] & 7)]
}

fn compress(scene: &Scene, codec: &str) {
    let records: Vec<Record> =
        (0..40).map(|i| Record::new(&format!("key-{i}"), &"value ".repeat(40))).collect();
    let topic = scene.topic(codec, 1);
    let how = Writing { codec: Some(codec) };
    scene.client().produce(&topic, &records, &how).unwrap();
    assert_eq!(stored(scene.broker(), &topic), codec);
    assert_eq!(contents(&scene.witnessed(&topic, 40)), records);
    let reading = Reading { count: 40, ..Reading::default() };
    assert_eq!(contents(&scene.client().consume(&topic, &reading).unwrap()), records);
}

pub fn gzip(scene: &Scene) {
    compress(scene, "gzip");
}

pub fn snappy(scene: &Scene) {
    compress(scene, "snappy");
}

pub fn lz4(scene: &Scene) {
    compress(scene, "lz4");
}

pub fn zstd(scene: &Scene) {
    compress(scene, "zstd");
}
