//! How far the group is, as the broker says.

use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::topic_partition_list::TopicPartitionList;

use super::scene::Scene;

/// How long a broker may take for an answer, which may be dead.
const ANSWER: Duration = Duration::from_secs(5);
/// How long a question is asked again.
const SOON: Duration = Duration::from_secs(240);
/// Longer than any group stands still that works.
const PATIENCE: Duration = Duration::from_secs(240);

/// The group of a scene, watched from outside.
pub struct Group {
    consumer: BaseConsumer,
    name: String,
    topic: String,
    output: String,
    partitions: i32,
}

impl Group {
    pub fn of(scene: &Scene) -> Group {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", scene.get("broker")).set("group.id", scene.get("group"));
        let partitions = scene.plan.partitions as i32;
        Group {
            consumer: config.create().unwrap(),
            name: scene.get("group").to_owned(),
            topic: scene.get("input").to_owned(),
            output: scene.get("output").to_owned(),
            partitions,
        }
    }

    /// How many records it committed.
    pub fn committed(&self) -> usize {
        let mut list = TopicPartitionList::new();
        list.add_partition_range(&self.topic, 0, self.partitions - 1);
        let list = ask(|| self.consumer.committed_offsets(list.clone(), ANSWER));
        list.elements().iter().map(|e| e.offset().to_raw().unwrap().max(0) as usize).sum()
    }

    /// Waits until it has committed `count` records.
    pub fn reaches(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let committed = self.committed();
            if committed >= count {
                return;
            }
            assert!(Instant::now() < deadline, "the group committed {committed} of {count}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// How many records there are to be read.
    pub fn ahead(&self) -> usize {
        self.end(&self.topic)
    }

    /// How many records were written.
    pub fn written(&self) -> usize {
        self.end(&self.output)
    }

    /// Waits until another record is written.
    pub fn moves(&self) {
        let (before, deadline) = (self.written(), Instant::now() + PATIENCE);
        while self.written() == before {
            assert!(Instant::now() < deadline, "nothing is written");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(&self, topic: &str) -> usize {
        let end = |partition| {
            let asked = || {
                let answer = self.consumer.fetch_watermarks(topic, partition, ANSWER);
                if answer.is_err() {
                    // The leader may be another by now.
                    self.consumer.fetch_metadata(Some(topic), ANSWER)?;
                }
                answer
            };
            ask(asked).1
        };
        (0..self.partitions).map(|partition| end(partition) as usize).sum()
    }

    /// Waits until `count` members share the partitions.
    pub fn settles(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        let settled = || {
            let list = ask(|| self.consumer.fetch_group_list(Some(&self.name), ANSWER));
            let mut groups = list.groups().iter();
            groups.any(|group| group.state() == "Stable" && group.members().len() == count)
        };
        while !settled() {
            assert!(Instant::now() < deadline, "the group does not come to rest");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many members it has.
    pub fn members(&self) -> usize {
        let list = ask(|| self.consumer.fetch_group_list(Some(&self.name), ANSWER));
        list.groups().iter().map(|group| group.members().len()).sum()
    }
}

/// The answer to a question, which is asked again where a broker is away.
fn ask<T>(question: impl Fn() -> KafkaResult<T>) -> T {
    let deadline = Instant::now() + SOON;
    loop {
        match question() {
            Ok(answer) => return answer,
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
