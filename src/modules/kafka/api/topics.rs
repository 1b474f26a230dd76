//! Topics.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{
    self, CreateOptions, DeleteOptions, GrowOptions, TimeoutOptions,
};
use crate::modules::options::options;

/// Topics.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Describes the topic `name`.
    ///
    /// Returns a map with `name`, `internal`, `replication`, `partitions` (an array of maps with
    /// `partition`, `leader`, `replicas` and `isrs`) and `config` (a map of what differs from the
    /// defaults). An error of kind `not_found` says that the topic does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("described", #{ config: #{ "retention.ms": 60000 } });
    /// kafka::describe_topic("described").config // => #{"retention.ms": "60000"}
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn describe_topic(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        let timeout = TimeoutOptions::default().timeout();
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topic = admin.topic(&run, name, timeout)?;
        let config = admin.topic_config(&run, name, timeout)?;
        let overrides = config.into_iter().filter(|entry| entry.source == "topic");
        let overrides: Map = overrides
            .map(|entry| (entry.name.into(), entry.value.map_or(Dynamic::UNIT, Dynamic::from)))
            .collect();
        let rows = topic.partitions.iter().map(|part| {
            let mut row = types::partition_map(&topic, part);
            row.remove("topic");
            row.into()
        });
        let mut map = types::topic_map(&topic);
        map.insert("partitions".into(), rows.collect::<Array>().into());
        map.insert("config".into(), overrides.into());
        Ok(map)
    }

    /// Creates the topic `name` with one partition and a copy on each of up to three brokers.
    ///
    /// Returns a map with `topic`, `partitions`, `replication` and `created` (true). An error of
    /// kind `already_exists` or `invalid` says why it was not created.
    ///
    /// ```rhai
    /// kafka::create_topic("plain").partitions // => 1
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn create_topic(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        create_topic_with(context, name, Map::new())
    }

    /// Creates the topic `name`.
    ///
    /// `given` is a map with `partitions` (1); `replication`, how many copies (3, or as many as
    /// there are brokers); `config`, a map of topic configs; `if_not_exists`, whether an existing
    /// topic is fine (false); and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns a map with `topic`, `partitions`, `replication` and `created`, which is false where
    /// the topic existed. An error of kind `already_exists` or `invalid` says why it was not
    /// created.
    ///
    /// ```rhai
    /// kafka::create_topic("wide", #{ partitions: 4, config: #{ "cleanup.policy": "compact" } });
    /// kafka::create_topic("wide", #{ if_not_exists: true }).created // => false
    /// ```
    #[rhai_fn(name = "create_topic", volatile, return_raw)]
    pub fn create_topic_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Map> {
        let given: CreateOptions = options("kafka::create_topic", given)?;
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let answer = |partitions: i64, replication: i64, created: bool| {
            Map::from([
                ("topic".into(), name.into()),
                ("partitions".into(), partitions.into()),
                ("replication".into(), replication.into()),
                ("created".into(), created.into()),
            ])
        };
        match admin.create_topic(&run, &given.topic(name), given.timeout()) {
            Ok(made) => Ok(answer(made.partitions.into(), made.replication.into(), true)),
            Err(Failure { kind: Kind::AlreadyExists, .. }) if given.if_not_exists => {
                let topic = admin.topic(&run, name, given.timeout())?;
                Ok(answer(topic.partitions.len() as i64, topic.replication() as i64, false))
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// Deletes the topic `name` with its records.
    ///
    /// An error of kind `not_found` says that it does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("brief");
    /// kafka::delete_topic("brief") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_topic(context: NativeCallContext, name: &str) -> RhaiResultOf<bool> {
        delete_topic_with(context, name, Map::new())
    }

    /// Deletes the topic `name` with its records.
    ///
    /// `given` is a map with `if_exists`, whether a missing topic is fine (false), and `timeout`,
    /// the seconds to wait for an answer (10).
    ///
    /// Returns whether there was a topic to delete. An error of kind `not_found` says that it does
    /// not exist.
    ///
    /// ```rhai
    /// kafka::delete_topic("never-made", #{ if_exists: true }) // => false
    /// ```
    #[rhai_fn(name = "delete_topic", volatile, return_raw)]
    pub fn delete_topic_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<bool> {
        let given: DeleteOptions = options("kafka::delete_topic", given)?;
        let run = call::context(&context)?;
        match Admin::of(&run)?.delete_topic(&run, name, given.timeout()) {
            Ok(()) => Ok(true),
            Err(Failure { kind: Kind::NotFound, .. }) if given.if_exists => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Grows the topic `name` to `count` partitions.
    ///
    /// Keys may then go to other partitions than before. Kafka cannot take partitions away. An
    /// error of kind `usage` says that the topic has as many already, one of kind `not_found` that
    /// it does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("growing");
    /// kafka::grow_topic("growing", 3);
    /// kafka::describe_topic("growing").partitions.len // => 3
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn grow_topic(context: NativeCallContext, name: &str, count: i64) -> RhaiResultOf<()> {
        grow_topic_with(context, name, count, Map::new())
    }

    /// Grows the topic `name` to `count` partitions.
    ///
    /// `given` is a map with `dry_run`, whether to check only that it could be done (false), and
    /// `timeout`, the seconds to wait for an answer (10). Errors are those of
    /// `kafka::grow_topic(name, count)`.
    ///
    /// ```rhai
    /// kafka::create_topic("small");
    /// kafka::grow_topic("small", 3, #{ dry_run: true });
    /// kafka::describe_topic("small").partitions.len // => 1
    /// ```
    #[rhai_fn(name = "grow_topic", volatile, return_raw)]
    pub fn grow_topic_with(
        context: NativeCallContext,
        name: &str,
        count: i64,
        given: Map,
    ) -> RhaiResultOf<()> {
        let given: GrowOptions = options("kafka::grow_topic", given)?;
        let run = call::context(&context)?;
        let count = usize::try_from(count).unwrap_or_default();
        Ok(Admin::of(&run)?.grow_topic(&run, (name, count), given.dry_run, given.timeout())?)
    }
}
