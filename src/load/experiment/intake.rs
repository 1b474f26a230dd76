//! What an experiment reads.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::clients::kafka::{ConsumerOptions, Start};

/// What one reader of an experiment reads, and for how long.
#[derive(Debug, Clone)]
pub struct Intake {
    /// The topics, which exist.
    pub topics: Vec<String>,
    /// Whether reading starts at the first record that is kept; else after the last one. A group
    /// that has committed offsets goes on there.
    pub earliest: bool,
    /// The group whose member it is; none to read all partitions, leaving no trace.
    pub group: Option<String>,
    /// The client id that brokers log.
    pub client: Option<String>,
    /// How long it reads; by default until what the experiment sends is over, or it is stopped.
    pub duration: Option<Duration>,
    /// How many records it reads at most.
    pub max: Option<u64>,
    /// How long without a record it waits, at the end, for those that are still under way.
    pub grace: Duration,
    /// The field of values, in Avro, with the milliseconds since 1970 at which a record was sent
    /// that has no headers to tell.
    pub time_field: Option<String>,
    /// Further librdkafka properties.
    pub config: BTreeMap<String, String>,
}

impl Default for Intake {
    fn default() -> Intake {
        Intake {
            topics: Vec::new(),
            earliest: false,
            group: None,
            client: None,
            duration: None,
            max: None,
            grace: Duration::from_secs(5),
            time_field: None,
            config: BTreeMap::new(),
        }
    }
}

impl Intake {
    /// How the consumer is made.
    pub fn options(&self) -> ConsumerOptions {
        let mut config = self.config.clone();
        if self.group.is_some() {
            // It tells where a member stands before the first record comes.
            config.insert("enable.partition.eof".to_owned(), "true".to_owned());
        }
        ConsumerOptions {
            group: self.group.clone(),
            client: self.client.clone(),
            from: Some(if self.earliest { Start::Earliest } else { Start::Latest }),
            config,
            ..ConsumerOptions::default()
        }
    }
}
