//! Topics: created, listed, grown, deleted, refused.

use rdkafka::admin::{AdminOptions, NewPartitions, NewTopic, TopicReplication};
use rdkafka::consumer::Consumer;
use rdkafka::types::RDKafkaErrorCode;

use super::fixture::{Bed, SOON, wait};

fn create(bed: &Bed, name: &str, partitions: i32, replication: i32) -> Option<RDKafkaErrorCode> {
    let topic = NewTopic::new(name, partitions, TopicReplication::Fixed(replication));
    let done = wait(bed.admin().create_topics([&topic], &AdminOptions::new())).unwrap();
    done.into_iter().next().unwrap().err().map(|(_, code)| code)
}

/// The topics with their numbers of partitions.
fn list(bed: &Bed) -> Vec<(String, usize)> {
    let metadata = bed.consumer("lister", &[]).fetch_metadata(None, SOON).unwrap();
    let topics = metadata.topics().iter();
    topics.map(|topic| (topic.name().to_owned(), topic.partitions().len())).collect()
}

#[test]
fn topics_are_listed_until_they_are_deleted() {
    let bed = Bed::new();
    bed.topic("orders", 3);
    bed.topic("bills", 1);
    assert_eq!(list(&bed), [("bills".to_owned(), 1), ("orders".to_owned(), 3)]);
    let done = wait(bed.admin().delete_topics(&["orders", "nothing"], &AdminOptions::new()));
    let unknown = ("nothing".to_owned(), RDKafkaErrorCode::UnknownTopicOrPartition);
    assert_eq!(done.unwrap(), [Ok("orders".to_owned()), Err(unknown)]);
    assert_eq!(list(&bed), [("bills".to_owned(), 1)]);
}

#[test]
fn the_cluster_is_this_broker() {
    let bed = Bed::new();
    let metadata = bed.consumer("lister", &[]).fetch_metadata(None, SOON).unwrap();
    let broker = &metadata.brokers()[0];
    assert_eq!(format!("{}:{}", broker.host(), broker.port()), bed.broker.bootstrap());
    assert_eq!((broker.id(), metadata.brokers().len()), (1, 1));
}

#[test]
fn bad_names_are_refused() {
    let bed = Bed::new();
    for name in ["", ".", "..", "a b", "ä", "a/b", &"x".repeat(250)] {
        assert_eq!(create(&bed, name, 1, 1), Some(RDKafkaErrorCode::InvalidTopic), "{name}");
    }
    assert_eq!(create(&bed, &"x".repeat(249), 1, 1), None);
}

#[test]
fn taken_and_colliding_names_are_refused() {
    let bed = Bed::new();
    assert_eq!(create(&bed, "a.b", 1, 1), None);
    assert_eq!(create(&bed, "a.b", 1, 1), Some(RDKafkaErrorCode::TopicAlreadyExists));
    assert_eq!(create(&bed, "a_b", 1, 1), Some(RDKafkaErrorCode::InvalidTopic));
}

#[test]
fn impossible_numbers_are_refused() {
    let bed = Bed::new();
    let three = create(&bed, "orders", 1, 3);
    assert_eq!(three, Some(RDKafkaErrorCode::InvalidReplicationFactor));
    assert_eq!(create(&bed, "orders", 20_000, 1), Some(RDKafkaErrorCode::InvalidPartitions));
    assert_eq!(list(&bed), []);
}

#[test]
fn defaults_are_one_partition_and_one_replica() {
    let bed = Bed::new();
    assert_eq!(create(&bed, "orders", -1, -1), None);
    assert_eq!(list(&bed), [("orders".to_owned(), 1)]);
}

#[test]
fn a_check_creates_nothing() {
    let bed = Bed::new();
    let topic = NewTopic::new("orders", 1, TopicReplication::Fixed(1));
    let options = AdminOptions::new().validate_only(true);
    let done = wait(bed.admin().create_topics([&topic], &options)).unwrap();
    assert_eq!(done, [Ok("orders".to_owned())]);
    assert_eq!(list(&bed), []);
}

#[test]
fn partitions_are_added_and_never_taken_away() {
    let bed = Bed::new();
    bed.topic("orders", 1);
    let grow = |name: &str, count| {
        let new = NewPartitions::new(name, count);
        let done = wait(bed.admin().create_partitions([&new], &AdminOptions::new())).unwrap();
        done.into_iter().next().unwrap().err().map(|(_, code)| code)
    };
    assert_eq!(grow("orders", 4), None);
    assert_eq!(grow("orders", 4), Some(RDKafkaErrorCode::InvalidPartitions));
    assert_eq!(grow("orders", 2), Some(RDKafkaErrorCode::InvalidPartitions));
    assert_eq!(grow("nothing", 2), Some(RDKafkaErrorCode::UnknownTopicOrPartition));
    assert_eq!(list(&bed), [("orders".to_owned(), 4)]);
}

#[test]
fn producing_to_an_unknown_topic_creates_it() {
    let bed = Bed::new();
    bed.send("orders", &["a"]);
    assert_eq!(list(&bed), [("orders".to_owned(), 1)]);
}

#[test]
fn a_consumer_that_may_not_create_topics_does_not() {
    let bed = Bed::new();
    let consumer = bed.consumer("clerks", &[("allow.auto.create.topics", "false")]);
    consumer.subscribe(&["orders"]).unwrap();
    let error = consumer.poll(SOON).unwrap().unwrap_err();
    let unknown = RDKafkaErrorCode::UnknownTopicOrPartition;
    assert_eq!(error.rdkafka_error_code(), Some(unknown));
    assert_eq!(list(&bed), []);
}
