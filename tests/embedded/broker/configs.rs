//! Settings: defaults, sources, changes, and what they do.

use std::collections::HashMap;

use rdkafka::Message;
use rdkafka::admin::{
    AdminOptions, AlterConfig, ConfigResource, ConfigSource, NewTopic, ResourceSpecifier,
    TopicReplication,
};
use rdkafka::message::Timestamp;
use rdkafka::producer::FutureRecord;
use rdkafka::topic_partition_list::Offset;
use rdkafka::types::RDKafkaErrorCode;

use super::fixture::{Bed, SOON, take, wait};

fn describe(bed: &Bed, what: ResourceSpecifier) -> ConfigResource {
    let done = wait(bed.admin().describe_configs([&what], &AdminOptions::new())).unwrap();
    done.into_iter().next().unwrap().unwrap()
}

fn entry(bed: &Bed, what: ResourceSpecifier, name: &str) -> (Option<String>, ConfigSource) {
    let entries = describe(bed, what).entries;
    let entry = entries.into_iter().find(|entry| entry.name == name).unwrap();
    (entry.value, entry.source)
}

#[test]
fn a_topic_has_kafkas_defaults() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let entry = |name| entry(&bed, ResourceSpecifier::Topic("orders"), name);
    assert_eq!(entry("cleanup.policy"), (Some("delete".into()), ConfigSource::Default));
    assert_eq!(entry("retention.ms"), (Some("604800000".into()), ConfigSource::Default));
}

#[test]
fn the_broker_has_settings() {
    let bed = Bed::new();
    let entry = |name| entry(&bed, ResourceSpecifier::Broker(1), name);
    assert_eq!(entry("num.partitions"), (Some("1".into()), ConfigSource::Default));
    let delay = "group.initial.rebalance.delay.ms";
    assert_eq!(entry(delay), (Some("0".into()), ConfigSource::StaticBroker));
}

#[test]
fn a_topic_is_created_with_its_own_settings() {
    let bed = Bed::new();
    let topic = NewTopic::new("orders", 1, TopicReplication::Fixed(1))
        .set("message.timestamp.type", "LogAppendTime");
    wait(bed.admin().create_topics([&topic], &AdminOptions::new())).unwrap()[0].as_ref().unwrap();
    let own = entry(&bed, ResourceSpecifier::Topic("orders"), "message.timestamp.type");
    assert_eq!(own, (Some("LogAppendTime".into()), ConfigSource::DynamicTopic));
    let record = FutureRecord::<str, str>::to("orders").payload("a").timestamp(1000);
    wait(bed.producer(&[]).send(record, SOON)).unwrap();
    let record = take(&bed.reader("orders", Offset::Beginning, &[("check.crcs", "true")]), 1);
    let Timestamp::LogAppendTime(time) = record[0].timestamp() else { panic!("{record:?}") };
    assert!(time > 1_000_000_000_000, "{time}");
}

#[test]
fn bad_settings_are_refused() {
    let bed = Bed::new();
    for (name, value) in [("no.such", "1"), ("retention.ms", "long"), ("cleanup.policy", "burn")] {
        let topic = NewTopic::new("orders", 1, TopicReplication::Fixed(1)).set(name, value);
        let done = wait(bed.admin().create_topics([&topic], &AdminOptions::new())).unwrap();
        let refused = ("orders".to_owned(), RDKafkaErrorCode::InvalidConfig);
        assert_eq!(done, [Err(refused)], "{name}");
    }
}

#[test]
fn settings_are_replaced() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let what = ResourceSpecifier::Topic("orders");
    let alter = |entries: HashMap<&'static str, &'static str>| {
        let config = AlterConfig { specifier: what, entries };
        wait(bed.admin().alter_configs([&config], &AdminOptions::new())).unwrap().remove(0)
    };
    alter(HashMap::from([("retention.ms", "1000")])).unwrap();
    assert_eq!(entry(&bed, what, "retention.ms").1, ConfigSource::DynamicTopic);
    alter(HashMap::from([("max.message.bytes", "100")])).unwrap();
    assert_eq!(entry(&bed, what, "retention.ms").1, ConfigSource::Default);
    let record = FutureRecord::<str, [u8]>::to("orders").payload(&[0; 200]);
    let (error, _) = wait(bed.producer(&[]).send(record, SOON)).unwrap_err();
    assert_eq!(error.rdkafka_error_code(), Some(RDKafkaErrorCode::MessageSizeTooLarge));
}
