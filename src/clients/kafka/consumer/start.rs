//! Which partitions a consumer reads, from which offset to which.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rdkafka::{Offset, TopicPartitionList};
use regex::Regex;

use super::options::{ConsumerOptions, Start, Until, senseless};
use crate::clients::kafka::admin::{Admin, Topic, pick};
use crate::clients::kafka::{KafkaError, Watermarks};
use crate::context::Context;
use crate::error::Failure;

/// Where reading ends in each partition.
pub type Ends = HashMap<(Arc<str>, i32), End>;

/// Where reading ends in one partition.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The offset of the first record that is not read any more.
    pub offset: i64,
    /// Whether the log does not reach as far yet.
    pub ahead: bool,
}

/// What a consumer is about to read.
pub struct Plan {
    /// The partitions with their first offsets; none for a group, which is given its partitions.
    pub assignment: Option<TopicPartitionList>,
    /// The same as plain numbers.
    pub starts: Vec<(String, i32, i64)>,
    /// Where each partition ends, if reading ends by offsets.
    pub ends: Option<Ends>,
    /// When reading ends by the clock, in milliseconds since 1970.
    pub until: Option<i64>,
}

/// Looks at the cluster and fixes what `topics` (names, and patterns that start with `^`) mean now.
pub fn plan(
    context: &Context,
    topics: &[String],
    options: &ConsumerOptions,
) -> Result<Plan, Failure> {
    let admin = Admin::of(context)?;
    let start = options.start()?;
    let found = find(context, &admin, topics, options)?;
    let patience = options.patience;
    let until = match options.until {
        Some(Until::Time(time)) if time > now() => Some(time),
        _ => None,
    };
    let ends_by_offset = options.until.is_some() && until.is_none();
    // A consumer that is told numbers reads at once; one that is told "the beginning" asks again.
    let bounds = if ends_by_offset || options.group.is_none() {
        admin.watermarks(context, &found, patience)?
    } else {
        Vec::new()
    };
    let mut plan = Plan { assignment: None, starts: Vec::new(), ends: None, until };
    if ends_by_offset {
        plan.ends = Some(ends(context, &admin, &found, (options, &bounds))?);
    }
    let mut starts = Vec::new();
    if options.group.is_none() {
        starts = self::starts(context, &admin, &found, (start, &bounds), patience)?;
        plan.assignment = Some(assignment(&starts)?);
    }
    if let Some(ends) = &mut plan.ends {
        // A partition without a record before its end has nothing to wait for.
        let firsts = bounds.iter().map(|b| (&b.topic, b.partition, b.first));
        let starts = starts.iter().map(|(topic, partition, start)| (topic, *partition, *start));
        for (topic, partition, start) in firsts.chain(starts) {
            let partition = (topic.as_str().into(), partition);
            if ends.get(&partition).is_some_and(|end| end.offset <= start) {
                ends.remove(&partition);
            }
        }
    }
    plan.starts = starts;
    Ok(plan)
}

/// Where each partition of `topics` ends, given its `bounds` now.
fn ends(
    context: &Context,
    admin: &Admin,
    topics: &[Topic],
    (options, bounds): (&ConsumerOptions, &[Watermarks]),
) -> Result<Ends, Failure> {
    if let Some(Until::Time(time)) = options.until {
        let found = admin.offsets_at(context, topics, time, options.patience)?;
        let end = |(topic, partition, offset): (String, i32, i64)| {
            ((topic.into(), partition), End { offset, ahead: false })
        };
        return Ok(found.into_iter().map(end).collect());
    }
    let end = |bound: &Watermarks| {
        let offset = match options.until {
            Some(Until::Offset(offset)) if offset < 0 => bound.next.saturating_add(offset),
            Some(Until::Offset(offset)) => offset,
            _ => bound.next,
        };
        let partition = (bound.topic.as_str().into(), bound.partition);
        (partition, End { offset, ahead: offset > bound.next })
    };
    Ok(bounds.iter().map(end).collect())
}

/// The topics that `names` mean. A pattern leaves internal topics out unless it asks for them.
fn find(
    context: &Context,
    admin: &Admin,
    names: &[String],
    options: &ConsumerOptions,
) -> Result<Vec<Topic>, Failure> {
    if names.is_empty() {
        return Err(senseless("no topic is given", "name one or more topics").into());
    }
    let attempt = format!("consume {}", list(names));
    let all = admin.topics_for(context, (&attempt, options.patience))?;
    let mut found: Vec<Topic> = Vec::new();
    for name in names {
        if name.starts_with('^') {
            let pattern = Regex::new(name).map_err(|error| {
                senseless(&format!("`{name}` is not a pattern: {error}"), "see docs.rs/regex")
            })?;
            let internal = name.starts_with("^_");
            found.extend(
                all.iter()
                    .filter(|t| pattern.is_match(&t.name) && (internal || !t.internal()))
                    .cloned(),
            );
        } else {
            found.push(pick(&all, name, &attempt)?);
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found.dedup_by(|one, other| one.name == other.name);
    if !options.partitions.is_empty() {
        for topic in &mut found {
            choose(topic, &options.partitions)?;
        }
    }
    if found.is_empty() && options.group.is_none() {
        let topic = names.join(", ");
        return Err(KafkaError::UnknownTopic { attempt, topic, similar: None }.into());
    }
    Ok(found)
}

/// Leaves only `partitions` of `topic`.
fn choose(topic: &mut Topic, partitions: &[i32]) -> Result<(), KafkaError> {
    let known: Vec<i32> = topic.partitions.iter().map(|partition| partition.id).collect();
    if let Some(missing) = partitions.iter().find(|number| !known.contains(number)) {
        let last = known.iter().max().copied().unwrap_or_default();
        let reason = format!("it has no partition {missing}");
        let remedy = Some(format!("its partitions are 0 to {last}"));
        let attempt = format!("consume topic `{}`", topic.name);
        return Err(KafkaError::Options { attempt, reason, remedy });
    }
    topic.partitions.retain(|partition| partitions.contains(&partition.id));
    Ok(())
}

/// The names of an attempt: "topics `a`, `b`".
fn list(names: &[String]) -> String {
    let s = if names.len() == 1 { "" } else { "s" };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("topic{s} {}", names.join(", "))
}

/// Each partition with the offset that is read first.
fn starts(
    context: &Context,
    admin: &Admin,
    topics: &[Topic],
    (start, bounds): (Start, &[Watermarks]),
    patience: Duration,
) -> Result<Vec<(String, i32, i64)>, Failure> {
    if let Start::Time(time) = start {
        return admin.offsets_at(context, topics, time, patience);
    }
    let offset = |bound: &Watermarks| match start {
        // Fixed now, so that a record written right after the consumer is made is read.
        Start::Latest => bound.next,
        Start::Offset(offset) if offset < 0 => bound.first.max(bound.next.saturating_add(offset)),
        Start::Offset(offset) => offset,
        _ => bound.first,
    };
    Ok(bounds.iter().map(|b| (b.topic.clone(), b.partition, offset(b))).collect())
}

fn assignment(starts: &[(String, i32, i64)]) -> Result<TopicPartitionList, Failure> {
    let mut assignment = TopicPartitionList::with_capacity(starts.len());
    for (topic, partition, offset) in starts {
        assignment.add_partition_offset(topic, *partition, Offset::Offset(*offset)).map_err(
            |error| {
                senseless(
                    &format!("`{topic}` partition {partition}: {error}"),
                    "choose another offset",
                )
            },
        )?;
    }
    Ok(assignment)
}

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
