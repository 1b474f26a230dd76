//! Topics, their settings and those of the broker.

use rdkafka::admin::{
    AdminOptions, AlterConfig, NewPartitions, NewTopic, ResourceSpecifier, TopicReplication,
};
use rdkafka::consumer::Consumer;

use super::fixture::Kept;
use crate::embedded::broker::fixture::{SOON, wait};

/// The partitions of each topic, by name.
fn topics(kept: &Kept) -> Vec<(String, usize)> {
    let consumer = kept.bed().consumer("topics", &[]);
    let metadata = consumer.fetch_metadata(None, SOON).unwrap();
    let topics = metadata.topics().iter();
    let mut topics: Vec<_> =
        topics.map(|topic| (topic.name().to_owned(), topic.partitions().len())).collect();
    topics.sort();
    topics
}

fn setting(kept: &Kept, of: ResourceSpecifier, name: &str) -> Option<String> {
    let done = wait(kept.bed().admin().describe_configs([&of], &AdminOptions::new())).unwrap();
    let entries = done.into_iter().next().unwrap().unwrap().entries;
    entries.into_iter().find(|entry| entry.name == name).unwrap().value
}

#[test]
fn topics_and_settings_are_there_after_a_restart() {
    let mut kept = Kept::new();
    let admin = kept.bed().admin();
    let options = AdminOptions::new();
    let grown = NewTopic::new("grown", 2, TopicReplication::Fixed(1)).set("retention.ms", "5000");
    wait(admin.create_topics([&grown], &options)).unwrap();
    wait(admin.create_partitions([&NewPartitions::new("grown", 7)], &options)).unwrap();
    kept.bed().topic("changed", 1);
    let change = AlterConfig::new(ResourceSpecifier::Topic("changed")).set("segment.ms", "77");
    assert!(wait(admin.alter_configs([&change], &options)).unwrap()[0].is_ok());
    let change = AlterConfig::new(ResourceSpecifier::Broker(1)).set("log.retention.ms", "99");
    assert!(wait(admin.alter_configs([&change], &options)).unwrap()[0].is_ok());
    kept.bed().topic("deleted", 3);
    wait(admin.delete_topics(&["deleted"], &options)).unwrap();
    for _ in 0..2 {
        assert_eq!(topics(&kept), [("changed".to_owned(), 1), ("grown".to_owned(), 7)]);
        let grown = ResourceSpecifier::Topic("grown");
        let changed = ResourceSpecifier::Topic("changed");
        assert_eq!(setting(&kept, grown, "retention.ms").as_deref(), Some("5000"));
        assert_eq!(setting(&kept, changed, "segment.ms").as_deref(), Some("77"));
        assert_eq!(setting(&kept, changed, "retention.ms").as_deref(), Some("99"));
        kept.restart();
    }
}

/// A topic that comes into being because a client asks for it is one like others.
#[test]
fn a_topic_that_was_only_asked_for_is_there_too() {
    let mut kept = Kept::new();
    kept.bed().send("asked", &["one"]);
    kept.restart();
    assert_eq!(topics(&kept), [("asked".to_owned(), 1)]);
    assert_eq!(kept.bounds("asked"), (0, 1));
}

#[test]
fn a_topic_made_anew_has_none_of_the_settings_before() {
    let mut kept = Kept::new();
    let options = AdminOptions::new();
    let first = NewTopic::new("orders", 1, TopicReplication::Fixed(1)).set("retention.ms", "5000");
    wait(kept.bed().admin().create_topics([&first], &options)).unwrap();
    wait(kept.bed().admin().delete_topics(&["orders"], &options)).unwrap();
    kept.bed().topic("orders", 1);
    kept.restart();
    let orders = ResourceSpecifier::Topic("orders");
    assert_eq!(setting(&kept, orders, "retention.ms").as_deref(), Some("604800000"));
}
