//! Where a topic's partitions begin and end, now or at a time.

use std::collections::HashMap;
use std::time::Duration;

use super::{Admin, Topic};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{EARLIEST, LATEST, ListOffsets, Position};
use crate::clients::kafka::wait::declined;
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

/// Offsets by topic and partition.
type Offsets = HashMap<(String, i32), i64>;

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
        let [first, next] =
            self.look_up(context, &partitions, [EARLIEST, LATEST], (&attempt, timeout))?;
        let bounds = partitions.into_iter().map(|at| Watermarks {
            first: first.get(&at).copied().unwrap_or_default(),
            next: next.get(&at).copied().unwrap_or_default(),
            topic: at.0,
            partition: at.1,
        });
        Ok(bounds.collect())
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
        let times = [time.max(0), LATEST]; // below zero are Kafka's special numbers
        let [found, ends] = self.look_up(context, &partitions, times, (&attempt, timeout))?;
        let rows = partitions.into_iter().map(|at| {
            let offset = found.get(&at).copied().filter(|offset| *offset >= 0);
            let offset = offset.or_else(|| ends.get(&at).copied()).unwrap_or_default();
            (at.0, at.1, offset)
        });
        Ok(rows.collect())
    }

    /// The offset of each partition at each of `times`. One request a time and broker, all at once.
    fn look_up<const N: usize>(
        &self,
        context: &Context,
        partitions: &[(String, i32)],
        times: [i64; N],
        (attempt, timeout): (&str, Duration),
    ) -> Result<[Offsets; N], KafkaError> {
        let at = |time: i64| {
            let times = partitions.iter().map(|(topic, partition)| Position {
                topic: topic.clone(),
                partition: *partition,
                offset: time,
            });
            ListOffsets { times: times.collect() }
        };
        let requests = times.map(at);
        let answers = self.probe()?.request(context, (attempt, timeout), &requests)?;
        let mut found = times.map(|_| Offsets::new());
        for (answer, found) in answers.into_iter().zip(&mut found) {
            for (position, refusal) in answer? {
                if let Some(refusal) = refusal {
                    return Err(declined(attempt, refusal));
                }
                found.insert((position.topic, position.partition), position.offset);
            }
        }
        Ok(found)
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
