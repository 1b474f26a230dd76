//! Setting where a group goes on reading.

use std::collections::BTreeMap;
use std::time::Duration;

use super::delete::failed;
use super::lag::keep;
use super::list::pick;
use super::{Chosen, ListedGroup, Member, Target};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::admin::{Admin, Topic, pick as pick_topic};
use crate::clients::kafka::sys::{AlterGroupOffsets, Position};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// A change of what a group reads next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset {
    /// Where it shall go on.
    pub to: Target,
    /// In which partitions.
    pub chosen: Chosen,
    /// Whether a group that does not exist is made, which needs chosen topics.
    pub create: bool,
    /// Whether to look only what would be done.
    pub dry_run: bool,
}

/// What a reset does in one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// What the group would have read next; none where it had committed nothing.
    pub before: Option<i64>,
    /// What it reads next now.
    pub after: i64,
}

impl Admin {
    /// Sets where the group `name`, which must have no members, goes on reading.
    pub fn reset_group(
        &self,
        context: &Context,
        name: &str,
        reset: &Reset,
        timeout: Duration,
    ) -> Result<Vec<Move>, Failure> {
        if !reset.dry_run {
            authorize(context, &Action::ResetGroup(name.to_owned()))?;
        }
        let attempt = format!("reset group `{name}`");
        let (attempt, asked) = (attempt.as_str(), (attempt.as_str(), timeout));
        let known = self.groups_for(context, asked)?;
        match pick(&known, name, attempt) {
            Ok(group) => self.check_idle(context, &group, asked)?,
            Err(_) if reset.create && reset.chosen.some() => {}
            Err(missing) => return Err(missing),
        }
        let committed = self.committed(context, &[name.to_owned()], asked)?;
        let committed: BTreeMap<(String, i32), i64> = committed
            .into_values()
            .flatten()
            .map(|at| ((at.topic, at.partition), at.offset))
            .collect();
        let all = self.topics_for(context, asked)?;
        let topics = choose(all, &reset.chosen, &committed, attempt)?;
        let moves = self.moves(context, (&topics, &committed), reset.to, asked)?;
        if !reset.dry_run {
            self.commit(context, name, &moves, asked)?;
        }
        Ok(moves)
    }

    /// An error where `group` has members.
    fn check_idle(
        &self,
        context: &Context,
        group: &ListedGroup,
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), Failure> {
        if group.idle() {
            return Ok(());
        }
        let members = self.describe(context, group, (attempt, timeout))?.members;
        if members.is_empty() {
            return Ok(());
        }
        Err(busy(attempt, &members).into())
    }

    fn moves(
        &self,
        context: &Context,
        (topics, committed): (&[Topic], &BTreeMap<(String, i32), i64>),
        to: Target,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<Move>, Failure> {
        let bounds = self.watermarks(context, topics, timeout)?;
        let at: BTreeMap<(String, i32), i64> = match to {
            Target::Time(time) => {
                let found = self.offsets_at(context, topics, time, timeout)?;
                found.into_iter().map(|(t, p, offset)| ((t, p), offset)).collect()
            }
            _ => BTreeMap::new(),
        };
        let one = |bounds: crate::clients::kafka::Watermarks| {
            let place = (bounds.topic, bounds.partition);
            let before = committed.get(&place).copied();
            let at = at.get(&place).copied().unwrap_or(bounds.next);
            let after = to.offset((bounds.first, bounds.next), before, at);
            let (topic, partition) = place;
            match after {
                Some(after) => Ok(Move { topic, partition, before, after }),
                None => Err(nowhere(attempt, &topic, partition).into()),
            }
        };
        bounds.into_iter().map(one).collect()
    }

    fn commit(
        &self,
        context: &Context,
        name: &str,
        moves: &[Move],
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), Failure> {
        let changed = moves.iter().filter(|change| change.before != Some(change.after));
        let positions: Vec<_> = changed
            .map(|Move { topic, partition, after, .. }| Position {
                topic: topic.clone(),
                partition: *partition,
                offset: *after,
            })
            .collect();
        if positions.is_empty() {
            return Ok(());
        }
        let asked = AlterGroupOffsets { group: name.to_owned(), positions };
        let answer = self.ask_coordinator(context, asked, (attempt, timeout))?;
        failed(attempt, answer)
    }
}

/// The partitions that are `chosen`, or those with a committed offset.
pub(super) fn choose(
    mut all: Vec<Topic>,
    chosen: &Chosen,
    committed: &BTreeMap<(String, i32), i64>,
    attempt: &str,
) -> Result<Vec<Topic>, Failure> {
    if !chosen.some() {
        keep(&mut all, |topic, partition| committed.contains_key(&(topic.to_owned(), partition)));
        if all.is_empty() {
            let reason = "it has committed nothing".to_owned();
            let remedy = Some("name the topics that it shall read".to_owned());
            return Err(KafkaError::Options { attempt: attempt.to_owned(), reason, remedy }.into());
        }
        return Ok(all);
    }
    let mut topics = Vec::new();
    for (name, partitions) in &chosen.0 {
        let mut topic = pick_topic(&all, name, attempt)?;
        let count = topic.partitions.len();
        if let Some(unknown) =
            partitions.iter().find(|id| topic.partitions.iter().all(|p| p.id != **id))
        {
            let reason = format!("topic `{name}` has no partition {unknown}");
            let remedy = Some(format!("its partitions are 0 to {}", count.saturating_sub(1)));
            return Err(KafkaError::Options { attempt: attempt.to_owned(), reason, remedy }.into());
        }
        topic.partitions.retain(|p| partitions.is_empty() || partitions.contains(&p.id));
        topics.push(topic);
    }
    Ok(topics)
}

/// The error of `attempt` at a group with `members`.
pub(super) fn busy(attempt: &str, members: &[Member]) -> KafkaError {
    let s = if members.len() == 1 { "" } else { "s" };
    let shown = members.iter().take(3).map(|m| format!("{} on {}", m.client, m.host));
    let more = if members.len() > 3 { ", …" } else { "" };
    let shown = shown.collect::<Vec<_>>().join(", ");
    let reason = format!("it has {} active member{s} ({shown}{more})", members.len());
    let remedy = Some("stop its consumers first".to_owned());
    KafkaError::Busy { attempt: attempt.to_owned(), reason, remedy }
}

fn nowhere(attempt: &str, topic: &str, partition: i32) -> KafkaError {
    let reason = format!("it has committed nothing in `{topic}` partition {partition}");
    let remedy = Some("a shift needs a place to start from: give another target".to_owned());
    KafkaError::Options { attempt: attempt.to_owned(), reason, remedy }
}
