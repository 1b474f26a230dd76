//! Where a consumer stands, and reading without waiting for ever.

use std::collections::HashMap;
use std::time::Duration;

use rdkafka::consumer::Consumer as _;

use super::handle::{Consumer, assigned};
use super::options::Start;
use crate::clients::kafka::wait::{SLICE, Wait};
use crate::clients::kafka::{Record, known_end};
use crate::context::Context;
use crate::error::Failure;

/// How long a group may take to assign partitions, on top of the consumer's own patience.
const JOINING: Duration = Duration::from_secs(30);

impl Consumer {
    /// Waits until it has its partitions and stands in each of them, so that a record which is
    /// written from now on is read. For a member of a group that starts at the latest record the
    /// property `enable.partition.eof` has to be true: librdkafka says no sooner where it stands.
    ///
    /// Returns the offset in each partition where reading starts, where that is known.
    pub fn positions(&self, context: &Context) -> Result<Vec<(String, i32, i64)>, Failure> {
        let inner = &self.0;
        let Some(client) = inner.client.as_ref().filter(|_| self.is_member()) else {
            return Ok(inner.starts.clone());
        };
        let attempt = format!("join group `{}`", inner.options.group.as_deref().unwrap_or(""));
        let patience = inner.options.patience + JOINING;
        let wait = Wait::new(context, &attempt, patience, &inner.reporter);
        let at_end = inner.options.from == Some(Start::Latest);
        let mut progress = inner.lock();
        // What was read while the positions are awaited is handed out later.
        let mut early: Vec<Record> = Vec::new();
        let partitions = loop {
            match inner.poll(&mut progress, &wait, SLICE)? {
                Some(record) => early.push(record),
                None => wait.check()?,
            }
            let assigned = assigned(client);
            let mut stands: HashMap<i32, usize> = progress.caught_up.clone();
            for record in &early {
                *stands.entry(record.partition()).or_default() += 1;
            }
            let missing = |number: &i32| {
                let same = assigned.iter().filter(|(_, other)| other == number).count();
                stands.get(number).copied().unwrap_or_default() < same
            };
            let waits = at_end && assigned.iter().any(|(_, number)| missing(number));
            if !assigned.is_empty() && !waits {
                break assigned;
            }
        };
        let position = |(topic, number): &(std::sync::Arc<str>, i32)| {
            let first = early.iter().find(|r| r.topic() == topic && r.partition() == *number);
            let end = || known_end(client.client(), topic, *number).filter(|_| at_end);
            let offset = first.map(Record::offset).or_else(end)?;
            Some((topic.to_string(), *number, offset))
        };
        let positions = partitions.iter().filter_map(position).collect();
        progress.last = None;
        progress.early.extend(early);
        Ok(positions)
    }

    /// The next record, if one comes within `slice`. The record before it counts as processed.
    pub fn poll(&self, context: &Context, slice: Duration) -> Result<Option<Record>, Failure> {
        let mut progress = self.0.lock();
        self.0.move_on(&mut progress);
        let wait = Wait::new(context, &self.0.attempt, Duration::MAX, &self.0.reporter);
        let record = self.0.poll(&mut progress, &wait, slice)?;
        if record.is_none()
            && let Some(hopeless) = self.0.reporter.hopeless(&self.0.attempt)
        {
            return Err(hopeless.into());
        }
        Ok(record)
    }

    /// Where each of its partitions ends, as far as brokers told with the records; asks nobody.
    pub fn ends(&self) -> Vec<(String, i32, i64)> {
        let Some(client) = &self.0.client else { return Vec::new() };
        let end = |(topic, number): (std::sync::Arc<str>, i32)| {
            let end = known_end(client.client(), &topic, number)?;
            Some((topic.to_string(), number, end))
        };
        assigned(client).into_iter().filter_map(end).collect()
    }
}
