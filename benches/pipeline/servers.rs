//! The brokers that are measured and a registry: `kafkaefd up`, and the real broker if there is one.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::ClientConfig;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_kafkaefd");
const PATIENCE: Duration = Duration::from_secs(300);

/// An embedded stack in a process of its own, which ends when it is dropped.
pub struct Stack {
    broker: String,
    pub registry: String,
    process: Child,
    _home: TempDir,
}

impl Stack {
    /// `kafkaefd up` on free ports, listed where nobody else looks.
    pub fn start() -> Stack {
        let home = TempDir::new().unwrap();
        let mut process = Command::new(PROGRAM)
            .args(["up", "--port", "0", "--registry-port", "0", "--max-memory", "6GiB"])
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut address = |what: &str| {
            let line = lines.find(|line| line.trim_start().starts_with(what)).unwrap();
            line.split(' ').next_back().unwrap().to_owned()
        };
        let (broker, registry) = (address("broker"), address("registry"));
        Stack { broker, registry, process, _home: home }
    }

    /// Its broker, and the one at `$KAFKA` if there is one.
    pub fn brokers(&self) -> Vec<Broker> {
        let embedded = Broker::new("embedded", self.broker.clone());
        let real = env::var("KAFKA").ok().map(|address| Broker::new("Kafka", address));
        [Some(embedded), real].into_iter().flatten().collect()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A broker; what was made on it goes when this is dropped.
pub struct Broker {
    pub name: &'static str,
    pub address: String,
    config: ClientConfig,
    admin: AdminClient<DefaultClientContext>,
}

impl Broker {
    fn new(name: &'static str, address: String) -> Broker {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &address);
        Broker { name, address, admin: config.create().unwrap(), config }
    }

    /// A new topic with one partition.
    pub fn create(&self, topic: &str) {
        let new = NewTopic::new(topic, 1, TopicReplication::Fixed(1));
        let made = wait(self.admin.create_topics([&new], &AdminOptions::new())).unwrap();
        assert!(made.iter().all(Result::is_ok), "{made:?}");
    }

    /// Writes `text` so often to `topic`.
    pub fn feed(&self, topic: &str, text: &str, count: u32) {
        let producer: BaseProducer = self.config.create().unwrap();
        for _ in 0..count {
            let mut record = BaseRecord::<(), _>::to(topic).payload(text);
            while let Err((error, again)) = producer.send(record) {
                assert_eq!(error, KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull));
                producer.poll(Duration::from_millis(10));
                record = again;
            }
        }
        producer.flush(PATIENCE).unwrap();
    }

    /// Takes away `topics` and `groups`.
    pub fn clean(&self, topics: &[&str], groups: &[&str]) {
        wait(self.admin.delete_topics(topics, &AdminOptions::new())).unwrap();
        if !groups.is_empty() {
            wait(self.admin.delete_groups(groups, &AdminOptions::new())).unwrap();
        }
    }
}

/// Drives a request to its end.
fn wait<T>(request: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(request)
}
