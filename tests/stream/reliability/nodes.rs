//! Three brokers that belong to one test for as long as it runs.

use std::fs::File;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::metadata::MetadataTopic;

use crate::support::Bed;

/// How long a node may take to have all copies again.
const PATIENCE: Duration = Duration::from_secs(240);

/// The nodes of `kafka3`, which may be killed.
pub struct Nodes {
    bed: Bed,
    _mine: File,
}

impl Nodes {
    /// Starts them; tests that want them too wait until this is dropped.
    pub fn of(bed: &Bed) -> Nodes {
        let mine = bed.reserve("kafka3");
        Nodes { bed: bed.up("kafka3"), _mine: mine }
    }

    /// The bed with them.
    pub fn bed(&self) -> &Bed {
        &self.bed
    }

    pub fn broker(&self) -> &str {
        self.bed.get("KAFKA3")
    }

    /// Ends node `number` (1 to 3) with SIGKILL.
    pub fn kill(&self, number: usize) {
        self.bed.kill(&format!("kafka3-{number}"));
    }

    /// Starts those that were killed.
    pub fn start(&self) {
        self.bed.up("kafka3");
    }

    /// Waits until every partition has three copies that are in sync.
    pub fn copied(&self) {
        let mut config = ClientConfig::new();
        let consumer: BaseConsumer =
            config.set("bootstrap.servers", self.broker()).create().unwrap();
        let deadline = Instant::now() + PATIENCE;
        let whole = || {
            let metadata = consumer.fetch_metadata(None, Duration::from_secs(10)).ok()?;
            let mut all = metadata.topics().iter().flat_map(MetadataTopic::partitions);
            Some(metadata.brokers().len() == 3 && all.all(|one| one.isr().len() == 3))
        };
        while whole() != Some(true) {
            assert!(Instant::now() < deadline, "not every partition has its copies in time");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
