//! Transactions with records and an offset.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::producer::{BaseRecord, DefaultProducerContext, Producer, ThreadedProducer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::client::{committed, config, create, read};
use super::witness::Witness;
use crate::embedded::broker::fixture::SOON;

const TOPIC: &str = "sold";
const SOURCE: &str = "source";
const GROUP: &str = "sellers";
/// The partition of each record of a transaction.
const RECORDS: [i32; 3] = [0, 1, 0];

type Sender = ThreadedProducer<DefaultProducerContext>;

/// Commits transactions: each has three records with its number, and its number as an offset.
/// Every fifth is aborted.
pub struct Transactions {
    broker: String,
    producer: Mutex<Sender>,
    consumer: BaseConsumer,
    asked: Mutex<i64>,
    /// The numbers of those that were acknowledged.
    known: Mutex<Vec<i64>>,
}

impl Transactions {
    pub fn new(broker: String) -> Transactions {
        create(&broker, TOPIC, 2);
        create(&broker, SOURCE, 1);
        let producer = Mutex::new(producer(&broker));
        let consumer = config(&broker).set("group.id", GROUP).create().unwrap();
        Transactions { broker, producer, consumer, asked: Mutex::new(0), known: Mutex::default() }
    }

    /// One transaction; an error leaves it open or unknown.
    fn transaction(&self, producer: &Sender, number: i64) -> Result<(), KafkaError> {
        producer.begin_transaction()?;
        let payload = number.to_string();
        for partition in RECORDS {
            let record = BaseRecord::<str, str>::to(TOPIC).payload(&payload).partition(partition);
            producer.send(record).map_err(|(error, _)| error)?;
        }
        let mut offsets = TopicPartitionList::new();
        offsets.add_partition_offset(SOURCE, 0, Offset::Offset(number))?;
        let group = self.consumer.group_metadata().unwrap();
        producer.send_offsets_to_transaction(&offsets, &group, SOON)?;
        if number % 5 == 0 {
            return producer.abort_transaction(SOON);
        }
        again(|| producer.commit_transaction(SOON))?;
        self.known.lock().unwrap().push(number);
        Ok(())
    }
}

/// Asks again as long as that can help: the stack was killed in between.
fn again(mut ask: impl FnMut() -> Result<(), KafkaError>) -> Result<(), KafkaError> {
    loop {
        match ask() {
            Err(KafkaError::Transaction(error)) if error.is_retriable() => {}
            other => return other,
        }
    }
}

fn producer(broker: &str) -> Sender {
    let mut config = config(broker);
    config.set("transactional.id", "till").set("transaction.timeout.ms", "20000");
    let producer: Sender = config.create().unwrap();
    again(|| producer.init_transactions(SOON)).unwrap();
    producer
}

impl Witness for Transactions {
    fn ask(&self) {
        let number = {
            let mut asked = self.asked.lock().unwrap();
            *asked += 1;
            *asked
        };
        let mut sender = self.producer.lock().unwrap();
        let done = self.transaction(&sender, number);
        if done.is_err() && again(|| sender.abort_transaction(SOON)).is_err() {
            // The next owner of the id ends what this one left.
            *sender = producer(&self.broker);
        }
        std::thread::sleep(Duration::from_millis(1));
    }

    fn check(&self) {
        let known = self.known.lock().unwrap().clone();
        let offset = committed(&self.broker, GROUP, SOURCE, 0);
        let mut counts = BTreeMap::<i64, usize>::new();
        for record in read(&self.broker, TOPIC, 2, true) {
            *counts.entry(record.value.parse().unwrap()).or_default() += 1;
        }
        for (number, count) in &counts {
            assert_eq!(*count, RECORDS.len(), "records of transaction {number}");
            assert_ne!(number % 5, 0, "{number} was aborted");
        }
        for number in &known {
            assert!(counts.contains_key(number), "no record of transaction {number}");
        }
        if let Some(last) = known.last() {
            assert!(offset >= *last, "offset {offset} of transaction {last}");
        }
        assert!(offset <= 0 || counts.contains_key(&offset), "offset {offset} without records");
    }

    fn acknowledged(&self) -> (usize, &'static str) {
        (self.known.lock().unwrap().len(), "transactions")
    }
}
