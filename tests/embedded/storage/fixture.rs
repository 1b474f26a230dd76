//! A broker that keeps its data in a folder, and is started again.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kafkaefd::embedded::broker::{Broker, BrokerOptions};
use kafkaefd::embedded::storage::Storage;
use kafkaefd::error::Failure;
use rdkafka::consumer::{BaseConsumer, Consumer};
use tempfile::TempDir;

use crate::embedded::broker::fixture::{Bed, SOON};

/// A broker with a folder of its own. It has no ceremony of its end, so that stopping it leaves
/// what killing it does.
pub struct Kept {
    pub home: TempDir,
    /// How long records that are too old may stay.
    check: Duration,
    bed: Option<Bed>,
}

impl Kept {
    pub fn new() -> Kept {
        Kept::with_check(Duration::from_secs(300))
    }

    /// One that looks for old records each `check`.
    pub fn with_check(check: Duration) -> Kept {
        let mut kept = Kept { home: TempDir::new().unwrap(), check, bed: None };
        assert_eq!(kept.start(), Vec::<String>::new());
        kept
    }

    pub fn bed(&self) -> &Bed {
        self.bed.as_ref().unwrap()
    }

    pub fn stop(&mut self) {
        self.bed = None;
    }

    /// Starts it again, and returns what is said of the data.
    pub fn start(&mut self) -> Vec<String> {
        let data = self.open();
        let (data, retention_check) = (Some(data), self.check);
        let options = BrokerOptions { data, retention_check, ..BrokerOptions::default() };
        let notes = options.data.clone();
        self.bed = Some(Bed::with(options));
        notes.unwrap().notes()
    }

    /// The folder. A program that another test just starts holds what this process holds until it is
    /// under way, the lock of a folder too.
    fn open(&self) -> Arc<Storage> {
        let end = Instant::now() + SOON;
        loop {
            match Storage::open(self.home.path()) {
                Ok(data) => return data,
                Err(error) => assert!(Instant::now() < end, "{error}"),
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Why it does not start.
    pub fn refusal(&self) -> Failure {
        let data = self.open();
        let options = BrokerOptions { data: Some(data), ..BrokerOptions::default() };
        Broker::start_with(options).unwrap_err().into()
    }

    /// Stops and starts it; there is nothing to say.
    pub fn restart(&mut self) {
        self.stop();
        assert_eq!(self.start(), Vec::<String>::new());
    }

    /// The files of records, in the order of topics, partitions and offsets.
    pub fn files(&self) -> Vec<PathBuf> {
        let below = |folder: PathBuf| {
            let entries = fs::read_dir(folder).into_iter().flatten();
            entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
        };
        let topics = below(self.home.path().join("log"));
        let mut files: Vec<_> = topics.into_iter().flat_map(below).flat_map(below).collect();
        files.sort();
        files
    }

    /// The names of the files of records.
    pub fn names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        self.files().iter().map(name).collect()
    }

    /// The first and the next offset of partition 0 of `topic`.
    pub fn bounds(&self, topic: &str) -> (i64, i64) {
        let consumer: BaseConsumer = self.bed().consumer("bounds", &[]);
        consumer.fetch_watermarks(topic, 0, SOON).unwrap()
    }
}
