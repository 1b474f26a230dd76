//! Where a topic's partitions begin and end, now or at a time.

use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::{Offset, TopicPartitionList};

use super::{Admin, Topic};
use crate::context::Context;
use crate::error::Failure;

/// The bounds of one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermarks {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset of the first record that is kept.
    pub first: i64,
    /// The offset that the next record will get.
    pub next: i64,
}

impl Admin {
    /// The bounds of each partition of `topics`.
    pub fn watermarks(
        &self,
        context: &Context,
        topics: &[Topic],
        timeout: Duration,
    ) -> Result<Vec<Watermarks>, Failure> {
        let attempt = format!("read the offsets of {}", names(topics));
        let partitions = each_partition(topics);
        self.probe()?.ask(context, (&attempt, timeout), move |client| {
            partitions
                .into_iter()
                .map(|(topic, partition)| {
                    let (first, next) = client.fetch_watermarks(&topic, partition, timeout)?;
                    Ok(Watermarks { topic, partition, first, next })
                })
                .collect()
        })
    }

    /// For each partition of `topics` the offset of the first record that is not older than `time`
    /// (milliseconds since 1970); the partition's end where there is none.
    pub fn offsets_at(
        &self,
        context: &Context,
        topics: &[Topic],
        time: i64,
        timeout: Duration,
    ) -> Result<Vec<(String, i32, i64)>, Failure> {
        let attempt = format!("find the offsets of {} at a time", names(topics));
        let partitions = each_partition(topics);
        self.probe()?.ask(context, (&attempt, timeout), move |client| {
            let mut asked = TopicPartitionList::new();
            for (topic, partition) in &partitions {
                asked.add_partition_offset(topic, *partition, Offset::Offset(time))?;
            }
            let answer = client.offsets_for_times(asked, timeout)?;
            let mut found = Vec::new();
            for element in answer.elements() {
                let (topic, partition) = (element.topic().to_owned(), element.partition());
                let offset = match element.offset() {
                    Offset::Offset(offset) => offset,
                    _ => client.fetch_watermarks(&topic, partition, timeout)?.1,
                };
                found.push((topic, partition, offset));
            }
            Ok(found)
        })
    }
}

fn each_partition(topics: &[Topic]) -> Vec<(String, i32)> {
    topics
        .iter()
        .flat_map(|topic| topic.partitions.iter().map(|p| (topic.name.clone(), p.id)))
        .collect()
}

fn names(topics: &[Topic]) -> String {
    match topics {
        [one] => format!("`{}`", one.name),
        several => format!("{} topics", several.len()),
    }
}
