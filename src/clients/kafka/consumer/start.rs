//! Which partitions a consumer reads, from which offset to which.

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rdkafka::{Offset, TopicPartitionList};
use regex::Regex;

use super::options::{ConsumerOptions, Start, Until, senseless};
use crate::clients::kafka::admin::{Admin, Topic, pick};
use crate::clients::kafka::{KafkaError, Watermarks};
use crate::context::Context;
use crate::error::Failure;

/// The end of each partition: the offset of the first record that is not read any more.
pub type Ends = HashMap<(String, i32), i64>;

/// What a consumer is about to read.
pub struct Plan {
    /// The partitions with their first offsets; none for a group, which is given its partitions.
    pub assignment: Option<TopicPartitionList>,
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
    let found = find(context, &admin, topics, options)?;
    let start = options.start()?;
    let patience = options.patience;
    let ends_by_offset = match options.until {
        Some(Until::End) => true,
        Some(Until::Time(time)) => time <= now(),
        None => false,
    };
    // A consumer that is told numbers reads at once; one that is told "the beginning" asks again.
    let bounds = if ends_by_offset || options.group.is_none() {
        admin.watermarks(context, &found, patience)?
    } else {
        Vec::new()
    };
    let mut plan = Plan { assignment: None, ends: None, until: None };
    match options.until {
        Some(Until::Time(time)) if ends_by_offset => {
            let ends = admin.offsets_at(context, &found, time, patience)?;
            plan.ends = Some(ends.into_iter().map(|(t, p, offset)| ((t, p), offset)).collect());
        }
        Some(Until::Time(time)) => plan.until = Some(time),
        Some(Until::End) => {
            plan.ends =
                Some(bounds.iter().map(|b| ((b.topic.clone(), b.partition), b.next)).collect());
        }
        None => {}
    }
    if options.group.is_none() {
        plan.assignment = Some(assignment(context, &admin, &found, (start, &bounds), patience)?);
    }
    if let Some(ends) = &mut plan.ends {
        // A partition without a record before its end has nothing to wait for.
        for bound in bounds {
            if ends
                .get(&(bound.topic.clone(), bound.partition))
                .is_some_and(|end| *end <= bound.first)
            {
                ends.remove(&(bound.topic, bound.partition));
            }
        }
    }
    Ok(plan)
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
    if found.is_empty() && options.group.is_none() {
        let topic = names.join(", ");
        return Err(KafkaError::UnknownTopic { attempt, topic, similar: None }.into());
    }
    Ok(found)
}

/// The names of an attempt: "topics `a`, `b`".
fn list(names: &[String]) -> String {
    let s = if names.len() == 1 { "" } else { "s" };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("topic{s} {}", names.join(", "))
}

fn assignment(
    context: &Context,
    admin: &Admin,
    topics: &[Topic],
    (start, bounds): (Start, &[Watermarks]),
    patience: Duration,
) -> Result<TopicPartitionList, Failure> {
    let starts: Vec<(String, i32, i64)> = match start {
        Start::Time(time) => admin.offsets_at(context, topics, time, patience)?,
        _ => bounds
            .iter()
            .map(|b| {
                let offset = match start {
                    // Fixed now, so that a record written right after the consumer is made is read.
                    Start::Latest => b.next,
                    Start::Offset(offset) if offset < 0 => b.first.max(b.next + offset),
                    Start::Offset(offset) => offset,
                    _ => b.first,
                };
                (b.topic.clone(), b.partition, offset)
            })
            .collect(),
    };
    let mut assignment = TopicPartitionList::with_capacity(starts.len());
    for (topic, partition, offset) in starts {
        assignment.add_partition_offset(&topic, partition, Offset::Offset(offset)).map_err(
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
