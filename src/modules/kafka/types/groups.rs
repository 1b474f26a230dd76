//! Options of functions on consumer groups, and their answers as maps.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::{
    Chosen, Group, ListedGroup, Member, Move, PartitionLag, Reset, Target,
};
use crate::error::{Failure, Kind};
use crate::modules::name_filter::wanted;
use crate::modules::options::Seconds;

/// Options of `kafka::groups`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct GroupsOptions {
    filter: Option<String>,
    timeout: Option<Seconds>,
}

/// Options of `kafka::group_lag`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct LagOptions {
    behind: Option<bool>,
    timeout: Option<Seconds>,
}

/// Options of `kafka::reset_group`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ResetOptions {
    to: Dynamic,
    topics: Dynamic,
    create: bool,
    dry_run: bool,
    timeout: Option<Seconds>,
}

/// Options of `kafka::delete_group_offsets`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ForgetOptions {
    topics: Dynamic,
    timeout: Option<Seconds>,
}

/// Options of `kafka::delete_group`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct DeleteOptions {
    /// Whether a missing group is fine.
    pub if_exists: bool,
    timeout: Option<Seconds>,
}

super::timeout_of!(GroupsOptions, LagOptions, ResetOptions, ForgetOptions, DeleteOptions);

impl GroupsOptions {
    /// Those of `groups` that are asked for.
    pub fn select(&self, groups: Vec<ListedGroup>) -> Result<Vec<ListedGroup>, Failure> {
        let wanted = wanted("groups", self.filter.as_deref())?;
        Ok(groups.into_iter().filter(|group| wanted(&group.name)).collect())
    }
}

impl LagOptions {
    /// Whether to look for the seconds, and how long all may take.
    pub fn how(&self) -> (bool, Duration) {
        (self.behind.unwrap_or(true), self.timeout())
    }
}

impl ResetOptions {
    /// The change of the group `name`.
    pub fn reset(&self, name: &str) -> Result<Reset, Failure> {
        Ok(Reset {
            to: target(name, &self.to)?,
            chosen: chosen(&self.topics)?,
            create: self.create,
            dry_run: self.dry_run,
        })
    }
}

impl ForgetOptions {
    /// The partitions of the group `name` to forget.
    pub fn chosen(&self, name: &str) -> Result<Chosen, Failure> {
        let chosen = chosen(&self.topics)?;
        if chosen.some() {
            return Ok(chosen);
        }
        Err(usage(format!("cannot delete offsets of group `{name}`: no topic is given"))
            .with_remedy("give `topics`, or delete the group"))
    }
}

fn target(name: &str, to: &Dynamic) -> Result<Target, Failure> {
    if let Ok(offset) = to.as_int() {
        return Ok(Target::Offset(offset));
    }
    if let Some((key, value)) = single(to) {
        let seconds = value.as_float().or_else(|_| value.as_int().map(|int| int as f64));
        match (key.as_str(), value.as_int(), seconds) {
            ("time", Ok(time), _) => return Ok(Target::Time(time)),
            ("shift", Ok(count), _) => return Ok(Target::Shift(count)),
            ("ago", _, Ok(seconds)) => {
                let now = jiff::Timestamp::now().as_millisecond();
                return Ok(Target::Time(now - (seconds * 1000.0) as i64));
            }
            _ => {}
        }
    }
    match to.as_immutable_string_ref().as_ref().map(|word| word.as_str()) {
        Ok("earliest") => Ok(Target::Earliest),
        Ok("latest") => Ok(Target::Latest),
        _ => Err(usage(format!("cannot reset group `{name}` to {to:?}")).with_remedy(
            "give `to` as \"earliest\", \"latest\", an offset, #{ time: MILLISECONDS }, \
             #{ ago: SECONDS } or #{ shift: RECORDS }",
        )),
    }
}

/// The one entry of a map with one entry.
fn single(value: &Dynamic) -> Option<(String, Dynamic)> {
    let map = value.read_lock::<Map>()?;
    let (key, value) = map.iter().next()?;
    (map.len() == 1).then(|| (key.to_string(), value.clone()))
}

/// A name, an array of names, or a map of names with arrays of partitions.
fn chosen(topics: &Dynamic) -> Result<Chosen, Failure> {
    if topics.is_unit() {
        return Ok(Chosen::default());
    }
    if let Some(map) = topics.read_lock::<Map>() {
        let one = |(name, some): (&rhai::Identifier, &Dynamic)| {
            Ok((name.to_string(), partitions(name, some)?))
        };
        let chosen: Result<BTreeMap<_, _>, Failure> = map.iter().map(one).collect();
        return chosen.map(Chosen);
    }
    let names = super::topic_names(topics.clone()).map_err(|_| {
        usage(
            "cannot choose topics: `topics` is a name, an array of names, or a map of names with \
               arrays of partitions"
                .to_owned(),
        )
    })?;
    Ok(Chosen(names.into_iter().map(|name| (name, BTreeSet::new())).collect()))
}

fn partitions(topic: &str, some: &Dynamic) -> Result<BTreeSet<i32>, Failure> {
    if some.is_unit() {
        return Ok(BTreeSet::new());
    }
    let number = |value: &Dynamic| value.as_int().ok().and_then(|int| i32::try_from(int).ok());
    let numbers = some.read_lock::<Array>().and_then(|some| some.iter().map(number).collect());
    numbers.ok_or_else(|| {
        usage(format!("cannot choose partitions of `{topic}`: {some:?} is no array of numbers"))
    })
}

fn usage(message: String) -> Failure {
    Failure::new(Kind::Usage, message)
}

/// The groups in `names`: one text, or an array of them.
pub fn group_names(names: Dynamic) -> Result<Vec<String>, Failure> {
    super::topic_names(names).map_err(|_| {
        usage("cannot read the lag: give the name of a group or an array of names".to_owned())
    })
}

/// A group in one line.
pub fn listed_group_map(group: ListedGroup) -> Map {
    Map::from([
        ("group".into(), group.name.into()),
        ("state".into(), group.state.map_or(Dynamic::UNIT, Dynamic::from)),
        ("type".into(), group.kind.map_or(Dynamic::UNIT, Dynamic::from)),
    ])
}

/// A group with its members.
pub fn group_map(group: Group) -> Map {
    let text = |text: Option<String>| text.map_or(Dynamic::UNIT, Dynamic::from);
    let (id, address) = match group.coordinator {
        Some(broker) => (i64::from(broker.id).into(), broker.address.into()),
        None => (Dynamic::UNIT, Dynamic::UNIT),
    };
    let members: Array = group.members.into_iter().map(|m| member_map(m).into()).collect();
    Map::from([
        ("group".into(), group.name.into()),
        ("state".into(), text(group.state)),
        ("type".into(), group.kind.map_or(Dynamic::UNIT, Dynamic::from)),
        ("assignor".into(), text(group.assignor)),
        ("coordinator".into(), id),
        ("address".into(), address),
        ("members".into(), members.into()),
    ])
}

fn member_map(member: Member) -> Map {
    let partitions: Array =
        member.partitions.into_iter().map(|place| place_map(place).into()).collect();
    Map::from([
        ("member".into(), member.id.into()),
        ("client".into(), member.client.into()),
        ("host".into(), member.host.into()),
        ("instance".into(), member.instance.map_or(Dynamic::UNIT, Dynamic::from)),
        ("partitions".into(), partitions.into()),
    ])
}

/// A partition in one line.
pub fn place_map((topic, partition): (String, i32)) -> Map {
    let partition = i64::from(partition).into();
    Map::from([("topic".into(), topic.into()), ("partition".into(), partition)])
}

/// How far a group is behind in one partition, in one line.
pub fn lag_map(row: PartitionLag) -> Map {
    Map::from([
        ("group".into(), row.group.into()),
        ("topic".into(), row.topic.into()),
        ("partition".into(), i64::from(row.partition).into()),
        ("committed".into(), row.committed.into()),
        ("end".into(), row.end.map_or(Dynamic::UNIT, Dynamic::from)),
        ("lag".into(), row.lag.map_or(Dynamic::UNIT, Dynamic::from)),
        ("behind".into(), row.behind.map_or(Dynamic::UNIT, Dynamic::from)),
    ])
}

/// What a reset does in one partition, in one line.
pub fn move_map(change: Move) -> Map {
    Map::from([
        ("topic".into(), change.topic.into()),
        ("partition".into(), i64::from(change.partition).into()),
        ("before".into(), change.before.map_or(Dynamic::UNIT, Dynamic::from)),
        ("after".into(), change.after.into()),
    ])
}
