//! Where a topic's partitions begin and end, now or at a time.

use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::{Admin, Topic};
use crate::clients::kafka::probe::Asked;
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
            let first = look_up(client, &partitions, Offset::Beginning, timeout)?;
            let next = look_up(client, &partitions, Offset::End, timeout)?;
            let bounds = first.into_iter().zip(next);
            Ok(bounds
                .map(|((topic, partition, first), (_, _, next))| {
                    let (first, next) = (first.unwrap_or_default(), next.unwrap_or_default());
                    Watermarks { topic, partition, first, next }
                })
                .collect())
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
            let found = look_up(client, &partitions, Offset::Offset(time), timeout)?;
            let ends = look_up(client, &partitions, Offset::End, timeout)?;
            let both = found.into_iter().zip(ends);
            Ok(both
                .map(|((topic, partition, offset), (_, _, end))| {
                    (topic, partition, offset.or(end).unwrap_or_default())
                })
                .collect())
        })
    }
}

/// The offset of each partition at `at`: a time, the beginning or the end. One request a broker.
fn look_up(
    client: &Asked,
    partitions: &[(String, i32)],
    at: Offset,
    timeout: Duration,
) -> KafkaResult<Vec<(String, i32, Option<i64>)>> {
    if partitions.is_empty() {
        return Ok(Vec::new());
    }
    // In ListOffsets a time stands where the answer has the offset; -2 and -1, librdkafka's numbers
    // for beginning and end, are the protocol's for earliest and latest.
    let mut asked = TopicPartitionList::with_capacity(partitions.len());
    for (topic, partition) in partitions {
        asked.add_partition_offset(topic, *partition, at)?;
    }
    let answer = client.offsets_for_times(asked, timeout)?;
    partitions
        .iter()
        .map(|(topic, partition)| {
            let element = answer.find_partition(topic, *partition);
            let offset = match element {
                Some(element) => {
                    element.error()?;
                    match element.offset() {
                        Offset::Offset(offset) => Some(offset),
                        _ => None,
                    }
                }
                None => None,
            };
            Ok((topic.clone(), *partition, offset))
        })
        .collect()
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
