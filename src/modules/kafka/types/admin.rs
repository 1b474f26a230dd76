//! Options of administration, and its answers as maps.

use std::collections::BTreeMap;
use std::time::Duration;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use super::pattern::wanted;
use crate::clients::kafka::{
    Cluster, ConfigChanges, ConfigEntry, NewTopic, Partition, Topic, Watermarks,
};
use crate::error::Failure;
use crate::modules::options::{Seconds, Text};

/// How long an answer is awaited where a script does not say.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// Options of functions that only wait.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TimeoutOptions {
    timeout: Option<Seconds>,
}

/// Options of `kafka::topics` and `kafka::partitions`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TopicsOptions {
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
    timeout: Option<Seconds>,
}

/// Options of `kafka::delete_topic`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct DeleteOptions {
    /// Whether a missing topic is fine.
    pub if_exists: bool,
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

/// Options of `kafka::offsets`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct OffsetOptions {
    /// Milliseconds since 1970.
    pub time: Option<i64>,
    timeout: Option<Seconds>,
}

macro_rules! timeout_of {
    ($($options:ty),*) => {
        $(impl $options {
            /// How long the answer is awaited.
            pub fn timeout(&self) -> std::time::Duration {
                self.timeout.map_or(TIMEOUT, std::time::Duration::from)
            }
        })*
    };
}

pub(super) use timeout_of;

timeout_of!(
    TimeoutOptions,
    TopicsOptions,
    CreateOptions,
    DeleteOptions,
    GrowOptions,
    OffsetOptions
);

impl CreateOptions {
    /// The topic `name` with these options.
    pub fn topic(&self, name: &str) -> NewTopic {
        NewTopic {
            name: name.to_owned(),
            partitions: self.partitions.unwrap_or(1),
            replication: self.replication,
            config: self.config.iter().map(|(name, text)| (name.clone(), text.0.clone())).collect(),
            dry_run: false,
        }
    }
}

/// The changes that a map of configs with their values asks for; `()` unsets.
pub fn config_changes(changes: Map) -> ConfigChanges {
    let (unset, set): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|(_, value)| value.is_unit());
    ConfigChanges {
        set: set.into_iter().map(|(name, value)| (name.into(), value.to_string())).collect(),
        unset: unset.into_iter().map(|(name, _)| name.into()).collect(),
        dry_run: false,
    }
}

/// Those of `topics` that `options` ask for.
pub fn select(topics: Vec<Topic>, options: &TopicsOptions) -> Result<Vec<Topic>, Failure> {
    let named = wanted("topics", options.filter.as_deref())?;
    let wanted = |topic: &Topic| (options.internal || !topic.internal()) && named(&topic.name);
    Ok(topics.into_iter().filter(wanted).collect())
}

/// The cluster as a map.
pub fn cluster_map(cluster: Cluster) -> Map {
    let controller = cluster.controller;
    let brokers: Array = cluster
        .brokers
        .into_iter()
        .map(|broker| {
            Map::from([
                ("controller".into(), (controller == Some(broker.id)).into()),
                ("id".into(), i64::from(broker.id).into()),
                ("host".into(), broker.host.into()),
                ("port".into(), i64::from(broker.port).into()),
            ])
            .into()
        })
        .collect();
    Map::from([
        ("id".into(), cluster.id.map_or(Dynamic::UNIT, Dynamic::from)),
        ("controller".into(), controller.map_or(Dynamic::UNIT, |id| i64::from(id).into())),
        ("brokers".into(), brokers.into()),
    ])
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

/// One partition of `topic` in one line.
pub fn partition_map(topic: &Topic, partition: &Partition) -> Map {
    let ids = |ids: &[i32]| ids.iter().map(|id| i64::from(*id).into()).collect::<Array>();
    Map::from([
        ("topic".into(), topic.name.clone().into()),
        ("partition".into(), i64::from(partition.id).into()),
        ("leader".into(), partition.leader.map_or(Dynamic::UNIT, |id| i64::from(id).into())),
        ("replicas".into(), ids(&partition.replicas).into()),
        ("isrs".into(), ids(&partition.isrs).into()),
    ])
}

/// The bounds of a partition in one line.
pub fn watermark_map(bounds: Watermarks) -> Map {
    Map::from([
        ("partition".into(), i64::from(bounds.partition).into()),
        ("first".into(), bounds.first.into()),
        ("next".into(), bounds.next.into()),
        ("records".into(), (bounds.next - bounds.first).into()),
    ])
}

/// One config in one line.
pub fn config_map(entry: ConfigEntry) -> Map {
    Map::from([
        ("name".into(), entry.name.into()),
        ("value".into(), entry.value.map_or(Dynamic::UNIT, Dynamic::from)),
        ("source".into(), entry.source.into()),
        ("is_default".into(), entry.default.into()),
        ("read_only".into(), entry.read_only.into()),
        ("sensitive".into(), entry.sensitive.into()),
    ])
}
