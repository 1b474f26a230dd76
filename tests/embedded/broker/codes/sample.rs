//! Topics and groups to ask wrongly about.

use kafka_protocol::messages::create_topics_request::{CreatableTopic, CreatableTopicConfig};
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::{
    BrokerId, CreateTopicsRequest, GroupId, ListOffsetsRequest, MetadataRequest, TopicName,
};
use uuid::Uuid;

use super::super::raw::Raw;
use super::super::transactions::wire::until;
use super::super::versions::{text, topic};
use crate::support::Stack;

/// A topic of `partitions` partitions, to be created.
pub fn creatable(name: &str, partitions: i32) -> CreatableTopic {
    CreatableTopic::default()
        .with_name(topic(name))
        .with_num_partitions(partitions)
        .with_replication_factor(1)
}

/// `topic` with one config.
pub fn configured(topic: CreatableTopic, name: &str, value: Option<&str>) -> CreatableTopic {
    let config = CreatableTopicConfig::default().with_name(text(name));
    topic.with_configs(vec![config.with_value(value.map(text))])
}

/// Creates `topic` and waits until the broker knows of it: its id.
pub fn made(stack: &Stack, wanted: CreatableTopic) -> Uuid {
    let mut raw = Raw::to(stack.broker());
    let request = CreateTopicsRequest::default().with_topics(vec![wanted.clone()]);
    let request = request.with_timeout_ms(10_000);
    assert_eq!(raw.call(7, &request).topics[0].error_code, 0);
    let wanted_name = wanted.name;
    let ask = MetadataRequestTopic::default().with_name(Some(wanted_name.clone()));
    let ask = MetadataRequest::default().with_topics(Some(vec![ask]));
    let mut id = Uuid::nil();
    until(|| {
        let known = raw.call(12, &ask).topics.remove(0);
        id = known.topic_id;
        known.error_code == 0 && known.partitions.iter().all(|one| one.error_code == 0)
    });
    // A real broker tells of a topic before it leads its partitions.
    let count = raw.call(12, &ask).topics[0].partitions.len() as i32;
    until(|| (0..count).all(|partition| leads(&mut raw, &wanted_name, partition)));
    id
}

fn leads(raw: &mut Raw, name: &TopicName, partition: i32) -> bool {
    let wanted = ListOffsetsPartition::default().with_partition_index(partition);
    let wanted = ListOffsetsTopic::default()
        .with_name(name.clone())
        .with_partitions(vec![wanted.with_timestamp(-1).with_current_leader_epoch(-1)]);
    let request = ListOffsetsRequest::default().with_replica_id(BrokerId(-1));
    let answer = raw.call(7, &request.with_topics(vec![wanted]));
    answer.topics[0].partitions[0].error_code == 0
}

pub fn group(name: &str) -> GroupId {
    GroupId(text(name))
}
