//! librdkafka with its own defaults, on one partition.

use std::time::{Duration, Instant};

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Offset, TopicPartitionList};

/// Bytes of a value; there are no keys.
pub const SIZE: usize = 4096;
const PATIENCE: Duration = Duration::from_secs(120);

/// What `records` hold.
pub fn payload(records: u32) -> f64 {
    f64::from(records) * SIZE as f64
}

/// A topic of one broker and those who use it.
pub struct Clients {
    config: ClientConfig,
    admin: AdminClient<DefaultClientContext>,
    topic: String,
}

impl Clients {
    pub fn new(bootstrap: &str, topic: &str) -> Clients {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", bootstrap).set("group.id", topic);
        let clients = Clients { admin: config.create().unwrap(), config, topic: topic.to_owned() };
        let new = NewTopic::new(topic, 1, TopicReplication::Fixed(1));
        let created = clients.admin.create_topics([&new], &AdminOptions::new());
        wait(created).unwrap().into_iter().for_each(|made| assert!(made.is_ok(), "{made:?}"));
        clients
    }

    /// Seconds till the last of `records` is acknowledged.
    pub fn write(&self, records: u32) -> f64 {
        let producer: BaseProducer = self.config.create().unwrap();
        let value = [b'x'; SIZE];
        let start = Instant::now();
        for _ in 0..records {
            let mut record = BaseRecord::<(), _>::to(&self.topic).payload(&value);
            while let Err((error, again)) = producer.send(record) {
                let full = KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull);
                assert_eq!(error, full);
                producer.poll(Duration::from_millis(10));
                record = again;
            }
        }
        producer.flush(PATIENCE).unwrap();
        start.elapsed().as_secs_f64()
    }

    /// Seconds from the first to the last of `records`, read from the beginning.
    pub fn read(&self, records: u32) -> f64 {
        let consumer = self.consumer(Offset::Beginning);
        let first = |consumer: &BaseConsumer| {
            let record = consumer.poll(PATIENCE).expect("a record in time");
            drop(record.unwrap());
        };
        first(&consumer);
        let start = Instant::now();
        for _ in 1..records {
            first(&consumer);
        }
        start.elapsed().as_secs_f64()
    }

    /// Seconds of each of `records` that is sent when the one before it has come back.
    pub fn lone_round_trips(&self, records: u32) -> Vec<f64> {
        let mut eager = self.config.clone();
        let producer: BaseProducer = eager.set("linger.ms", "0").create().unwrap();
        let consumer = self.consumer(Offset::End);
        // The first waits till both are connected and the consumer stands at the end.
        while consumer.poll(Duration::from_millis(100)).is_none() {
            producer.send(BaseRecord::<(), _>::to(&self.topic).payload("wake up")).unwrap();
            producer.flush(PATIENCE).unwrap();
        }
        while consumer.poll(Duration::from_millis(300)).is_some() {}
        let trip = |_| {
            let start = Instant::now();
            producer.send(BaseRecord::<(), _>::to(&self.topic).payload("there and back")).unwrap();
            consumer.poll(PATIENCE).expect("a record in time").unwrap();
            producer.poll(Duration::ZERO);
            start.elapsed().as_secs_f64()
        };
        (0..records).map(trip).collect()
    }

    pub fn clean_up(self) {
        wait(self.admin.delete_topics(&[&self.topic], &AdminOptions::new())).unwrap();
    }

    fn consumer(&self, from: Offset) -> BaseConsumer {
        let consumer: BaseConsumer = self.config.create().unwrap();
        let mut place = TopicPartitionList::new();
        place.add_partition_offset(&self.topic, 0, from).unwrap();
        consumer.assign(&place).unwrap();
        consumer
    }
}

/// Drives a request to its end.
fn wait<T>(request: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(request)
}
