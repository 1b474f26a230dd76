//! Which part of each partition a run wrote and read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The offsets of a run, by topic and partition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offsets {
    /// What Kafka confirmed.
    pub sent: Spans,
    /// What was read, from where reading began: a partition without a record is in it, too.
    pub read: Spans,
}

/// A span of offsets for each partition of each topic.
pub type Spans = BTreeMap<String, BTreeMap<i32, Span>>;

/// Offsets from the first up to the next one, which is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first offset.
    pub first: i64,
    /// The offset behind the last one.
    pub next: i64,
}

impl Span {
    fn join(&mut self, other: Span) {
        self.first = self.first.min(other.first);
        self.next = self.next.max(other.next);
    }
}

impl Offsets {
    /// Notes that the record at `offset` was confirmed.
    pub fn sent(&mut self, topic: &str, partition: i32, offset: i64) {
        join(&mut self.sent, topic, partition, Span { first: offset, next: offset + 1 });
    }

    /// Notes that the record at `offset` was read.
    pub fn read(&mut self, topic: &str, partition: i32, offset: i64) {
        join(&mut self.read, topic, partition, Span { first: offset, next: offset + 1 });
    }

    /// Notes that reading begins, or went on, at `offset`, whether or not a record follows.
    pub fn reads_at(&mut self, topic: &str, partition: i32, offset: i64) {
        join(&mut self.read, topic, partition, Span { first: offset, next: offset });
    }

    /// Whether reading of `topic` began before the first record that was sent to it.
    pub fn read_from_start(&self, topic: &str) -> bool {
        self.covered(topic, |sent, read| read.first <= sent.first)
    }

    /// Whether reading of `topic` came behind the last record that was sent to it.
    pub fn read_to_end(&self, topic: &str) -> bool {
        self.covered(topic, |sent, read| read.next >= sent.next)
    }

    /// Adds the spans of another run.
    pub fn add(&mut self, other: &Offsets) {
        for (mine, theirs) in [(&mut self.sent, &other.sent), (&mut self.read, &other.read)] {
            for (topic, partitions) in theirs {
                for (partition, span) in partitions {
                    join(mine, topic, *partition, *span);
                }
            }
        }
    }

    fn covered(&self, topic: &str, holds: impl Fn(&Span, &Span) -> bool) -> bool {
        let (Some(sent), Some(read)) = (self.sent.get(topic), self.read.get(topic)) else {
            return false;
        };
        sent.iter().all(|(partition, sent)| read.get(partition).is_some_and(|r| holds(sent, r)))
    }
}

fn join(spans: &mut Spans, topic: &str, partition: i32, span: Span) {
    let known = spans.get_mut(topic).and_then(|partitions| partitions.get_mut(&partition));
    match known {
        Some(known) => known.join(span),
        None => drop(spans.entry(topic.to_owned()).or_default().insert(partition, span)),
    }
}
