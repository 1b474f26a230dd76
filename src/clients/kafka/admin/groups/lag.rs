//! How far groups are behind: in records, and in seconds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::behind::{self, Places};
use super::list::pick;
use crate::clients::kafka::admin::{Admin, Topic};
use crate::clients::kafka::sys::{ListGroupOffsets, Position};
use crate::clients::kafka::wait::declined;
use crate::context::Context;
use crate::error::Failure;

/// How far a group is behind in one partition.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionLag {
    /// The group.
    pub group: String,
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset that the group reads next.
    pub committed: i64,
    /// The offset that the next record will get; none where the partition is gone.
    pub end: Option<i64>,
    /// How many offsets lie between; none where the partition is gone.
    pub lag: Option<i64>,
    /// How many seconds ago the oldest record that the group has not read was written: 0 where
    /// there is none. None where that was not asked, or not found in time.
    pub behind: Option<f64>,
}

impl Admin {
    /// How far each of the groups `names` is behind, by group, topic and partition.
    ///
    /// All groups are asked at once. `behind` says whether to look for the seconds, too: that reads
    /// one record of each partition with a lag, in what is left of `timeout`.
    pub fn group_lag(
        &self,
        context: &Context,
        names: &[String],
        (behind, timeout): (bool, Duration),
    ) -> Result<Vec<PartitionLag>, Failure> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let since = Instant::now();
        let attempt = format!("read the lag of {}", list(names));
        let known = self.groups_for(context, (&attempt, timeout))?;
        for name in names {
            pick(&known, name, &attempt)?;
        }
        let committed = self.committed(context, names, (&attempt, timeout))?;
        let ends = self.ends(context, &committed, (&attempt, timeout))?;
        let mut rows = rows(committed, &ends);
        if behind {
            let left = timeout.saturating_sub(since.elapsed());
            let times = behind::oldest(context, &places(&rows), (&attempt, left))?;
            let now = jiff::Timestamp::now().as_millisecond();
            for row in &mut rows {
                row.behind = seconds(row, &times, now);
            }
        }
        Ok(rows)
    }

    /// What each of the groups `names` committed, by name.
    pub(super) fn committed(
        &self,
        context: &Context,
        names: &[String],
        (attempt, timeout): (&str, Duration),
    ) -> Result<BTreeMap<String, Vec<Position>>, Failure> {
        let names: BTreeSet<&String> = names.iter().collect();
        let asked: Vec<_> =
            names.iter().map(|name| ListGroupOffsets { group: (*name).clone() }).collect();
        let answers = self.ask_coordinators(context, &asked, (attempt, timeout))?;
        let mut committed = BTreeMap::new();
        for (name, answer) in names.into_iter().zip(answers) {
            let partitions = answer?.into_iter().map(|(position, outcome)| {
                outcome.map(|()| position).map_err(|refusal| declined(attempt, refusal))
            });
            committed.insert(name.clone(), partitions.collect::<Result<_, _>>()?);
        }
        Ok(committed)
    }

    /// The end of each partition for which something was committed and that is still there.
    fn ends(
        &self,
        context: &Context,
        committed: &BTreeMap<String, Vec<Position>>,
        (attempt, timeout): (&str, Duration),
    ) -> Result<HashMap<(String, i32), i64>, Failure> {
        let wanted: BTreeSet<(&str, i32)> =
            committed.values().flatten().map(|at| (at.topic.as_str(), at.partition)).collect();
        let mut topics = self.topics_for(context, (attempt, timeout))?;
        keep(&mut topics, |topic, partition| wanted.contains(&(topic, partition)));
        let bounds = self.watermarks(context, &topics, timeout)?;
        Ok(bounds.into_iter().map(|b| ((b.topic, b.partition), b.next)).collect())
    }
}

/// Leaves only those partitions in `topics` that are `wanted`.
pub(super) fn keep(topics: &mut Vec<Topic>, wanted: impl Fn(&str, i32) -> bool) {
    for topic in topics.iter_mut() {
        let name = &topic.name;
        topic.partitions.retain(|partition| wanted(name, partition.id));
    }
    topics.retain(|topic| !topic.partitions.is_empty());
}

fn rows(
    committed: BTreeMap<String, Vec<Position>>,
    ends: &HashMap<(String, i32), i64>,
) -> Vec<PartitionLag> {
    let mut rows = Vec::new();
    for (group, mut positions) in committed {
        positions.sort_by(|a, b| (&a.topic, a.partition).cmp(&(&b.topic, b.partition)));
        rows.extend(positions.into_iter().map(|Position { topic, partition, offset }| {
            let end = ends.get(&(topic.clone(), partition)).copied();
            // A topic that was made anew ends before what was committed in the old one.
            let lag = end.map(|end| end.saturating_sub(offset).max(0));
            let group = group.clone();
            PartitionLag { group, topic, partition, committed: offset, end, lag, behind: None }
        }));
    }
    rows
}

/// Where the oldest records are that groups have not read.
fn places(rows: &[PartitionLag]) -> Places {
    let mut places = Places::new();
    for row in rows.iter().filter(|row| row.lag.is_some_and(|lag| lag > 0)) {
        places.entry((row.topic.clone(), row.partition)).or_default().insert(row.committed);
    }
    places
}

fn seconds(row: &PartitionLag, times: &behind::Times, now: i64) -> Option<f64> {
    if row.lag? == 0 {
        return Some(0.0);
    }
    match times.get(&(row.topic.clone(), row.partition, row.committed))? {
        Some(time) => Some((now - time).max(0) as f64 / 1000.0),
        // What lies between are marks of transactions, which are no records.
        None => Some(0.0),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [one] => format!("group `{one}`"),
        several => format!("{} groups", several.len()),
    }
}
