//! Options of topics, and topics as maps.

use std::collections::BTreeMap;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use super::timeout_of;
use crate::clients::kafka::{NewTopic, Overrides, Partition, Topic};
use crate::error::Failure;
use crate::modules::name_filter::wanted;
use crate::modules::options::{Seconds, Text};

/// Options of `kafka::topics`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TopicsOptions {
    internal: bool,
    filter: Option<String>,
    /// Whether to list what each topic sets itself, too.
    pub config: bool,
    timeout: Option<Seconds>,
}

/// Options of `kafka::partitions`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct PartitionsOptions {
    internal: bool,
    filter: Option<String>,
    timeout: Option<Seconds>,
}

/// Options of `kafka::create_topic`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct CreateOptions {
    partitions: Option<i32>,
    replication: Option<i32>,
    config: BTreeMap<String, Text>,
    /// Whether an existing topic is fine.
    pub if_not_exists: bool,
    /// Whether to check only.
    pub dry_run: bool,
    timeout: Option<Seconds>,
}

/// Options of `kafka::delete_topic`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct DeleteTopicOptions {
    /// Whether a missing topic is fine.
    pub if_exists: bool,
    /// Whether to check only.
    pub dry_run: bool,
    timeout: Option<Seconds>,
}

/// Options of `kafka::grow_topic`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct GrowOptions {
    /// Whether to check only.
    pub dry_run: bool,
    timeout: Option<Seconds>,
}

timeout_of!(TopicsOptions, PartitionsOptions, CreateOptions, DeleteTopicOptions, GrowOptions);

impl TopicsOptions {
    /// Those of `topics` that are asked for.
    pub fn select(&self, topics: Vec<Topic>) -> Result<Vec<Topic>, Failure> {
        select(topics, self.internal, self.filter.as_deref())
    }
}

impl PartitionsOptions {
    /// Those of `topics` that are asked for.
    pub fn select(&self, topics: Vec<Topic>) -> Result<Vec<Topic>, Failure> {
        select(topics, self.internal, self.filter.as_deref())
    }
}

impl CreateOptions {
    /// The topic `name` with these options.
    pub fn topic(&self, name: &str) -> NewTopic {
        NewTopic {
            name: name.to_owned(),
            partitions: self.partitions.unwrap_or(1),
            replication: self.replication,
            config: self.config.iter().map(|(name, text)| (name.clone(), text.0.clone())).collect(),
            dry_run: self.dry_run,
        }
    }
}

fn select(topics: Vec<Topic>, internal: bool, filter: Option<&str>) -> Result<Vec<Topic>, Failure> {
    let named = wanted("topics", filter)?;
    let wanted = |topic: &Topic| (internal || !topic.internal()) && named(&topic.name);
    Ok(topics.into_iter().filter(wanted).collect())
}

/// The topic in one line.
pub fn topic_map(topic: &Topic) -> Map {
    Map::from([
        ("name".into(), topic.name.clone().into()),
        ("partitions".into(), (topic.partitions.len() as i64).into()),
        ("replication".into(), (topic.replication() as i64).into()),
        ("internal".into(), topic.internal().into()),
    ])
}

/// What a topic sets itself, by name; `()` stands for what is secret.
pub fn overrides_map(overrides: Overrides) -> Map {
    let value = |value: Option<String>| value.map_or(Dynamic::UNIT, Dynamic::from);
    overrides.into_iter().map(|(name, text)| (name.into(), value(text))).collect()
}

/// One partition of `topic` in one line.
pub fn partition_map(topic: &Topic, partition: &Partition) -> Map {
    let ids = |ids: &[i32]| ids.iter().map(|id| i64::from(*id).into()).collect::<Array>();
    Map::from([
        ("topic".into(), topic.name.clone().into()),
        ("partition".into(), i64::from(partition.id).into()),
        ("leader".into(), partition.leader.map_or(Dynamic::UNIT, |id| i64::from(id).into())),
        ("replicas".into(), ids(&partition.replicas).into()),
        ("isrs".into(), ids(&partition.isrs).into()),
        ("offline".into(), ids(&partition.offline).into()),
    ])
}
