//! The least that a client of Kafka can do with a record: librdkafka reads it and sends it on.

use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::producer::{BaseRecord, DefaultProducerContext, Producer, ThreadedProducer};

type Sender = ThreadedProducer<DefaultProducerContext>;

const PATIENCE: Duration = Duration::from_secs(120);

/// Copies the one partition of `input` to `output` till its end, with the properties that pipelines
/// set; prints how many records it were.
pub fn run(bootstrap: &str, input: &str, output: &str) {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", bootstrap).set("enable.metrics.push", "false");
    let consumer: BaseConsumer = config
        .clone()
        .set("group.id", output)
        .set("partition.assignment.strategy", "cooperative-sticky")
        .set("auto.commit.interval.ms", "1000")
        .set("auto.offset.reset", "earliest")
        .set("queued.max.messages.kbytes", "16384")
        .set("queued.min.messages", "30000")
        .set("fetch.queue.backoff.ms", "10")
        .set("check.crcs", "true")
        .set("enable.partition.eof", "true")
        .create()
        .unwrap();
    let producer: Sender = config
        .set("queue.buffering.max.kbytes", "65536")
        .set("queue.buffering.max.messages", "0")
        .set("linger.ms", "5")
        .set("partitioner", "murmur2_random")
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .create()
        .unwrap();
    consumer.subscribe(&[input]).unwrap();
    let mut records = 0;
    loop {
        match consumer.poll(PATIENCE) {
            Some(Ok(message)) => {
                send(&producer, output, &message);
                records += 1;
            }
            // A new assignment, for example.
            None => {}
            Some(Err(KafkaError::PartitionEOF(_))) => break,
            Some(Err(error)) => panic!("{error}"),
        }
    }
    producer.flush(PATIENCE).unwrap();
    println!("{records}");
}

fn send(producer: &Sender, output: &str, message: &BorrowedMessage<'_>) {
    let mut record = BaseRecord::<[u8], [u8]>::to(output);
    record.key = message.key();
    record.payload = message.payload();
    record.timestamp = message.timestamp().to_millis();
    while let Err((error, again)) = producer.send(record) {
        assert_eq!(error, KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull));
        producer.poll(Duration::from_millis(10));
        record = again;
    }
}
