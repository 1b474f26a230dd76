//! A group of consumers that live in this process.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::Offset;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::types::RDKafkaErrorCode;

use super::super::codes::sample::{creatable, made};
use super::super::fixture::{SOON, wait};
use crate::support::Stack;

/// Longer than the slowest rebalance of a real broker, whose members heartbeat every five seconds.
pub const LATE: Duration = Duration::from_secs(90);

/// Consumers of one group, what they have read, and who reads what.
pub struct Group<'a> {
    stack: &'a Stack,
    name: String,
    options: &'a [(&'a str, &'a str)],
    members: Vec<BaseConsumer>,
    /// Partition and offset of each record, in the order in which they came.
    pub read: Vec<(i32, i64)>,
}

impl<'a> Group<'a> {
    pub fn new(stack: &'a Stack, options: &'a [(&'a str, &'a str)]) -> Group<'a> {
        let name = stack.name("clerks");
        Group { stack, name, options, members: Vec::new(), read: Vec::new() }
    }

    /// A member that is subscribed to `topic` joins.
    pub fn join(&mut self, topic: &str) {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.stack.broker()).set("group.id", &self.name);
        config.set("auto.offset.reset", "earliest").set("enable.auto.commit", "false");
        config.set("topic.metadata.refresh.interval.ms", "500");
        for (name, value) in self.options {
            config.set(*name, *value);
        }
        let member: BaseConsumer = config.create().unwrap();
        member.subscribe(&[topic]).unwrap();
        self.members.push(member);
    }

    /// The first member leaves.
    pub fn leave(&mut self) {
        drop(self.members.remove(0));
    }

    /// Polls all members once; each record is committed before the next is read.
    pub fn poll(&mut self) {
        for member in &self.members {
            match member.poll(Duration::from_millis(5)) {
                Some(Ok(record)) if commit(member, &record) => {
                    self.read.push((record.partition(), record.offset()));
                }
                Some(Err(error)) if !passing(&error) => panic!("{error}"),
                _ => {}
            }
        }
    }

    /// Polls until the members have as many partitions as `shares` says, each partition once; how
    /// long it took.
    pub fn settle(&mut self, shares: &[usize]) -> Duration {
        let begin = Instant::now();
        loop {
            self.poll();
            let all: Vec<_> = self.members.iter().map(assigned).collect();
            let mut counts: Vec<_> = all.iter().map(BTreeSet::len).collect();
            counts.sort_unstable();
            let different: BTreeSet<_> = all.iter().flatten().collect();
            if counts == shares && different.len() == shares.iter().sum::<usize>() {
                return begin.elapsed();
            }
            assert!(begin.elapsed() < LATE, "the shares are still {all:?}");
        }
    }

    /// Polls until `count` records are read, and a little longer, for those read twice.
    pub fn read(&mut self, count: usize) {
        let end = Instant::now() + LATE;
        while self.read.len() < count {
            self.poll();
            assert!(Instant::now() < end, "{} of {count} records", self.read.len());
        }
        let end = Instant::now() + Duration::from_millis(300);
        while Instant::now() < end {
            self.poll();
        }
        let mut once = self.read.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((self.read.len(), once.len()), (count, count), "all records, each once");
    }
}

/// Topics and partitions of `member`.
fn assigned(member: &BaseConsumer) -> BTreeSet<(String, i32)> {
    let list = member.assignment().unwrap();
    list.elements().iter().map(|one| (one.topic().to_owned(), one.partition())).collect()
}

/// Commits `record` as read, or goes back to it if the group is at another generation by now: then
/// whoever has the partition next reads it.
fn commit(member: &BaseConsumer, record: &BorrowedMessage) -> bool {
    let Err(error) = member.commit_message(record, CommitMode::Sync) else {
        return true;
    };
    let code = error.rdkafka_error_code();
    assert!(code.is_some_and(|code| TOO_LATE.contains(&code)), "{error}");
    let offset = Offset::Offset(record.offset());
    // Where the partition is gone already, there is nothing to go back in.
    let _gone = member.seek(record.topic(), record.partition(), offset, SOON);
    false
}

const TOO_LATE: [RDKafkaErrorCode; 3] = [
    RDKafkaErrorCode::IllegalGeneration,
    RDKafkaErrorCode::RebalanceInProgress,
    RDKafkaErrorCode::StaleMemberEpoch,
];

/// What a consumer reports while a topic comes into being.
fn passing(error: &KafkaError) -> bool {
    error.rdkafka_error_code() == Some(RDKafkaErrorCode::UnknownTopicOrPartition)
}

/// Creates the topic `name` with `partitions` partitions.
pub fn topic(stack: &Stack, name: &str, partitions: i32) {
    made(stack, creatable(name, partitions));
}

/// Sends `count` records to each of the first `partitions` partitions of `topic`.
pub fn fill(stack: &Stack, topic: &str, partitions: i32, count: usize) {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", stack.broker()).set("linger.ms", "1");
    let producer: FutureProducer = config.create().unwrap();
    let record =
        |partition| FutureRecord::<str, str>::to(topic).payload("a record").partition(partition);
    let sent: Vec<_> = (0..partitions)
        .flat_map(|partition| (0..count).map(move |_| partition))
        .map(|partition| producer.send_result(record(partition)).unwrap())
        .collect();
    for sent in sent {
        wait(sent).unwrap().unwrap();
    }
}
