//! librdkafka as a client of any broker.

use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaError};
use rdkafka::producer::{BaseRecord, DefaultProducerContext, Producer, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::super::fixture::{SOON, payload, wait};
use crate::support::Stack;

pub type Sender = ThreadedProducer<DefaultProducerContext>;

fn config(stack: &Stack) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", stack.broker());
    config
}

/// Creates a topic with `partitions` partitions.
pub fn create(stack: &Stack, name: &str, partitions: i32) {
    let admin: AdminClient<DefaultClientContext> = config(stack).create().unwrap();
    let topic = NewTopic::new(name, partitions, TopicReplication::Fixed(1));
    let done = wait(admin.create_topics([&topic], &AdminOptions::new())).unwrap();
    assert_eq!(done, [Ok(name.to_owned())]);
}

/// A producer that owns the transactional id `id`.
pub fn producer(stack: &Stack, id: &str, options: &[(&str, &str)]) -> Sender {
    let mut config = config(stack);
    config.set("transactional.id", id).set("transaction.timeout.ms", "30000");
    for (name, value) in options {
        config.set(*name, *value);
    }
    let producer: Sender = config.create().unwrap();
    // The coordinator may abort what an earlier owner left open first.
    let end = Instant::now() + 3 * SOON;
    loop {
        match producer.init_transactions(SOON) {
            Ok(()) => return producer,
            Err(KafkaError::Transaction(e)) if e.is_retriable() && Instant::now() < end => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// Sends `payloads` to partition 0 of `topic` and waits until the broker has them.
pub fn send(producer: &Sender, topic: &str, payloads: &[&str]) {
    for payload in payloads {
        let record = BaseRecord::<str, str>::to(topic).payload(payload).partition(0);
        producer.send(record).unwrap();
    }
    producer.flush(SOON).unwrap();
}

/// The error of a call about transactions.
pub fn refused(result: Result<(), KafkaError>) -> RDKafkaError {
    match result {
        Err(KafkaError::Transaction(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// A consumer of `group`; `committed` tells which records it sees.
pub fn consumer(stack: &Stack, group: &str, committed: bool) -> BaseConsumer {
    let isolation = if committed { "read_committed" } else { "read_uncommitted" };
    let mut config = config(stack);
    config
        .set("group.id", group)
        .set("auto.offset.reset", "earliest")
        .set("enable.auto.commit", "false")
        .set("enable.partition.eof", "true")
        .set("isolation.level", isolation);
    config.create().unwrap()
}

/// A consumer that reads partition 0 of `topic` from the first record on.
pub fn reader(stack: &Stack, topic: &str, committed: bool) -> BaseConsumer {
    let consumer = consumer(stack, &stack.name("reader"), committed);
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(topic, 0, Offset::Beginning).unwrap();
    consumer.assign(&list).unwrap();
    consumer
}

/// What a reader sees in partition 0 of `topic` before its end.
pub fn seen(stack: &Stack, topic: &str, committed: bool) -> Vec<String> {
    let consumer = reader(stack, topic, committed);
    let end = Instant::now() + SOON;
    let mut seen = Vec::new();
    loop {
        assert!(Instant::now() < end, "no end in time, after {seen:?}");
        match consumer.poll(Duration::from_millis(100)) {
            None => {}
            Some(Ok(record)) => seen.push(payload(&record.detach()).to_owned()),
            Some(Err(KafkaError::PartitionEOF(0))) => return seen,
            Some(Err(error)) => panic!("{error}"),
        }
    }
}

/// Waits until a reader of committed records sees just `expected`.
pub fn sees(stack: &Stack, topic: &str, expected: &[&str]) {
    let records = take_payloads(&reader(stack, topic, true), expected.len());
    assert_eq!(records, expected);
    assert_eq!(seen(stack, topic, true), expected);
}

/// The payloads of the next `count` records.
pub fn take_payloads(consumer: &BaseConsumer, count: usize) -> Vec<String> {
    let end = Instant::now() + 3 * SOON;
    let mut taken = Vec::new();
    while taken.len() < count {
        assert!(Instant::now() < end, "just {taken:?} came in time");
        match consumer.poll(Duration::from_millis(100)) {
            None | Some(Err(KafkaError::PartitionEOF(_))) => {}
            Some(record) => taken.push(payload(&record.unwrap().detach()).to_owned()),
        }
    }
    taken
}
