//! A broker of its own for each test, and clients of it.

use std::time::{Duration, Instant};

use kafkaefd::embedded::broker::{Broker, BrokerOptions};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::OwnedMessage;
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

/// The limit of waits for what comes at once where nothing is wrong; a busy machine takes its time.
pub const SOON: Duration = Duration::from_secs(60);

pub struct Bed {
    pub broker: Broker,
}

impl Bed {
    pub fn new() -> Bed {
        Bed { broker: Broker::start(0).unwrap() }
    }

    /// A broker that is started in another way than usual.
    pub fn with(options: BrokerOptions) -> Bed {
        Bed { broker: Broker::start_with(options).unwrap() }
    }

    pub fn config(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.broker.bootstrap());
        config
    }

    pub fn admin(&self) -> AdminClient<DefaultClientContext> {
        self.config().create().unwrap()
    }

    /// Creates a topic with `partitions` partitions.
    pub fn topic(&self, name: &str, partitions: i32) {
        let topic = NewTopic::new(name, partitions, TopicReplication::Fixed(1));
        let done = wait(self.admin().create_topics([&topic], &AdminOptions::new())).unwrap();
        assert_eq!(done, [Ok(name.to_owned())]);
    }

    pub fn producer(&self, options: &[(&str, &str)]) -> FutureProducer {
        let mut config = self.config();
        config.set("message.timeout.ms", "50000");
        for (name, value) in options {
            config.set(*name, *value);
        }
        config.create().unwrap()
    }

    /// Sends `payloads` to partition 0 of `topic`, one after the other.
    pub fn send(&self, topic: &str, payloads: &[&str]) {
        let producer = self.producer(&[("linger.ms", "0")]);
        for payload in payloads {
            let record = FutureRecord::<str, str>::to(topic).payload(payload).partition(0);
            wait(producer.send(record, SOON)).unwrap();
        }
    }

    pub fn consumer(&self, group: &str, options: &[(&str, &str)]) -> BaseConsumer {
        let mut config = self.config();
        config.set("group.id", group).set("auto.offset.reset", "earliest");
        config.set("enable.auto.commit", "false");
        for (name, value) in options {
            config.set(*name, *value);
        }
        config.create().unwrap()
    }

    /// A consumer that reads partition 0 of `topic` from `offset` on, without its group.
    pub fn reader(&self, topic: &str, offset: Offset, options: &[(&str, &str)]) -> BaseConsumer {
        let consumer = self.consumer("reader", options);
        // A client that knows the leader begins at once, else it tries again after half a second.
        consumer.fetch_watermarks(topic, 0, SOON).unwrap();
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(topic, 0, offset).unwrap();
        consumer.assign(&list).unwrap();
        consumer
    }
}

/// The next `count` records.
pub fn take(consumer: &BaseConsumer, count: usize) -> Vec<OwnedMessage> {
    let end = Instant::now() + SOON;
    let mut taken = Vec::new();
    while taken.len() < count && Instant::now() < end {
        if let Some(record) = consumer.poll(Duration::from_millis(100)) {
            taken.push(record.unwrap().detach());
        }
    }
    assert_eq!(taken.len(), count, "records that arrived in time");
    taken
}

/// The payload of `record` as text.
pub fn payload(record: &OwnedMessage) -> &str {
    rdkafka::Message::payload_view::<str>(record).unwrap().unwrap()
}

/// The result of `future`, which must come soon.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(SOON, future).await.expect("no answer in time") })
}
