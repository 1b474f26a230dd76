//! A reader that has nothing in common with the engine.

use std::fmt::Write as _;

use crate::support::{Bed, Stack};

/// Prints `partition value` of each record up to the end of each partition. A broker says that a
/// transaction is committed before its records can be seen: the end is that of all records.
const READER: &str = r#"
import sys
from confluent_kafka import Consumer, TopicPartition
broker, topic, level = sys.argv[1:]
def client(level):
    return Consumer({"bootstrap.servers": broker, "group.id": "nobody", "isolation.level": level,
                     "enable.auto.commit": False, "enable.partition.eof": True})
consumer, everything = client(level), client("read_uncommitted")
partitions = consumer.list_topics(topic, 120).topics[topic].partitions
consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
left = {number: everything.get_watermark_offsets(TopicPartition(topic, number), 120)[1]
        for number in partitions}
while left:
    for message in consumer.consume(10000, 1.0):
        if message.error() is not None:
            assert message.error().name() == "_PARTITION_EOF", message.error()
            if message.offset() >= left.get(message.partition(), 0):
                left.pop(message.partition(), None)
        else:
            print(message.partition(), (message.value() or b"").decode())
"#;

/// The reader, which runs in the Python of the bed.
pub struct Reader<'a> {
    pub bed: &'a Bed,
    pub broker: &'a str,
}

impl Reader<'_> {
    /// Runs `test` with a reader of `stack`, if there is a bed.
    pub fn run(stack: &Stack, test: impl FnOnce(&Reader<'_>)) {
        Bed::run(|bed| test(&Reader { bed, broker: stack.broker() }));
    }

    /// The committed records of `topic`, as `(partition, value)` in the order of each partition.
    pub fn committed(&self, topic: &str) -> Vec<(i32, String)> {
        self.read(topic, "read_committed")
    }

    /// All records of `topic`, those of aborted transactions included.
    pub fn uncommitted(&self, topic: &str) -> Vec<(i32, String)> {
        self.read(topic, "read_uncommitted")
    }

    fn read(&self, topic: &str, level: &str) -> Vec<(i32, String)> {
        let text = self.bed.python(READER, &[self.broker, topic, level]);
        text.lines().map(record).collect()
    }
}

fn record(line: &str) -> (i32, String) {
    let (partition, value) = line.split_once(' ').unwrap();
    (partition.parse().unwrap(), value.to_owned())
}

/// The values alone, sorted as numbers.
pub fn numbers(records: &[(i32, String)]) -> Vec<u64> {
    let mut numbers: Vec<u64> = records.iter().map(|(_, value)| value.parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

/// Whether the values of each partition rise, told by the first that does not.
pub fn disorder(records: &[(i32, String)]) -> String {
    let mut told = String::new();
    let mut last = std::collections::BTreeMap::new();
    for (partition, value) in records {
        let number: u64 = value.parse().unwrap();
        let before = last.insert(*partition, number);
        if before.is_some_and(|before| before >= number) {
            let _ = writeln!(told, "{number} after {before:?} in partition {partition}");
        }
    }
    told
}
