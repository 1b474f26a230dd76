//! Offsets that a group commits.

use std::sync::Mutex;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::client::{committed, config, create};
use super::witness::Witness;

const TOPIC: &str = "walked";
const GROUP: &str = "walkers";
const PARTITIONS: i32 = 2;

/// Commits ever higher offsets.
pub struct Commits {
    broker: String,
    consumer: BaseConsumer,
    asked: Mutex<i64>,
    /// The highest offset of each partition that was acknowledged.
    known: Mutex<[i64; PARTITIONS as usize]>,
    count: Mutex<usize>,
}

impl Commits {
    pub fn new(broker: String) -> Commits {
        create(&broker, TOPIC, PARTITIONS);
        let consumer = config(&broker).set("group.id", GROUP).create().unwrap();
        let (asked, known, count) = (Mutex::new(0), Mutex::default(), Mutex::default());
        Commits { broker, consumer, asked, known, count }
    }
}

impl Witness for Commits {
    fn ask(&self) {
        let offset = {
            let mut asked = self.asked.lock().unwrap();
            *asked += 1;
            *asked
        };
        let partition = (offset % i64::from(PARTITIONS)) as i32;
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(TOPIC, partition, Offset::Offset(offset)).unwrap();
        match self.consumer.commit(&list, CommitMode::Sync) {
            Ok(()) => {
                self.known.lock().unwrap()[partition as usize] = offset;
                *self.count.lock().unwrap() += 1;
            }
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }

    fn check(&self) {
        for partition in 0..PARTITIONS {
            let known = self.known.lock().unwrap()[partition as usize];
            let found = committed(&self.broker, GROUP, TOPIC, partition);
            let asked = *self.asked.lock().unwrap();
            assert!((known..=asked).contains(&found), "{found}, but {known} to {asked} is right");
        }
    }

    fn acknowledged(&self) -> (usize, &'static str) {
        (*self.count.lock().unwrap(), "commits")
    }
}
