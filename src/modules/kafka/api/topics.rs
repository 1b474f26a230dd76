//! Topics.

use std::collections::BTreeMap;

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::{Admin, Topic};
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{
    self, CreateOptions, DeleteTopicOptions, GrowOptions, PartitionsOptions, TimeoutOptions,
    TopicsOptions,
};
use crate::modules::options::options;

/// Topics.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists the topics by name, without internal ones.
    ///
    /// Returns an array of maps with `name`, `partitions` and `replication` (how many of each) and
    /// `internal`. An error of kind `unreachable` says why no broker answers within 10 s.
    ///
    /// ```rhai
    /// kafka::create_topic("listed");
    /// kafka::topics().map(|topic| topic.name) // => ["listed"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn topics(context: NativeCallContext) -> RhaiResultOf<Array> {
        topics_with(context, Map::new())
    }

    /// Lists the topics that `given` asks for, by name.
    ///
    /// `given` is a map with `filter`, a regular expression that matches from the start of the name;
    /// `internal`, whether to list topics that start with `_` too (false); `config`, whether to add
    /// what each topic sets itself (false); and `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns an array of maps with `name`, `partitions` and `replication` (how many of each),
    /// `internal` and, if asked for, `config` (a map). An error of kind `usage` says that the filter is no regular expression.
    ///
    /// ```rhai
    /// kafka::create_topic("filtered-a");
    /// kafka::create_topic("other-filtered-a");
    /// kafka::topics(#{ filter: "filtered" }).map(|topic| topic.name) // => ["filtered-a"]
    /// ```
    #[rhai_fn(name = "topics", volatile, return_raw)]
    pub fn topics_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Array> {
        let given: TopicsOptions = options("kafka::topics", given)?;
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topics = given.select(admin.topics(&run, given.timeout())?)?;
        let mut configs = if given.config {
            let names: Vec<_> = topics.iter().map(|topic| topic.name.clone()).collect();
            admin.topic_overrides(&run, &names, given.timeout())?
        } else {
            BTreeMap::new()
        };
        let row = |topic: &Topic| {
            let mut map = types::topic_map(topic);
            if given.config {
                let config = configs.remove(&topic.name).unwrap_or_default();
                map.insert("config".into(), types::overrides_map(config).into());
            }
            map.into()
        };
        Ok(topics.iter().map(row).collect())
    }

    /// Lists the partitions of the topics that `given` asks for, with leader, replicas and ISRs.
    ///
    /// `given` is a map of the options of `kafka::topics(given)`, but for `config`.
    ///
    /// Returns an array of maps with `topic`, `partition`, `leader` (a broker's id, or `()` while
    /// there is none), `replicas`, `isrs` and `offline` (arrays of ids; offline are the replicas
    /// whose broker does not run).
    ///
    /// ```rhai
    /// kafka::create_topic("spread", #{ partitions: 2 });
    /// kafka::partitions(#{ filter: "spread$" }).map(|row| row.partition) // => [0, 1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn partitions(context: NativeCallContext, given: Map) -> RhaiResultOf<Array> {
        let given: PartitionsOptions = options("kafka::partitions", given)?;
        let run = call::context(&context)?;
        let topics = given.select(Admin::of(&run)?.topics(&run, given.timeout())?)?;
        let rows = topics.iter().flat_map(|topic| {
            topic.partitions.iter().map(|part| types::partition_map(topic, part).into())
        });
        Ok(rows.collect())
    }

    /// Describes the topic `name`.
    ///
    /// Returns a map with `name`, `internal`, `replication`, `partitions` (an array of maps with
    /// `partition`, `leader`, `replicas`, `isrs` and `offline`) and `config` (a map of what it sets
    /// itself; `()` where you may not read it). An error of kind `not_found` says that the topic does
    /// not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("described", #{ config: #{ "retention.ms": 60000 } });
    /// kafka::describe_topic("described").config // => #{"retention.ms": "60000"}
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn describe_topic(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        describe_topic_with(context, name, Map::new())
    }

    /// Describes the topic `name`.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10). Returns and raises
    /// what `kafka::describe_topic(name)` does.
    ///
    /// ```rhai
    /// kafka::create_topic("looked-at", #{ partitions: 2 });
    /// kafka::describe_topic("looked-at", #{ timeout: 5 }).partitions.len // => 2
    /// ```
    #[rhai_fn(name = "describe_topic", volatile, return_raw)]
    pub fn describe_topic_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Map> {
        let given: TimeoutOptions = options("kafka::describe_topic", given)?;
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topic = admin.topic(&run, name, given.timeout())?;
        let config = match admin.topic_overrides(&run, &[name.to_owned()], given.timeout()) {
            Ok(mut found) => types::overrides_map(found.remove(name).unwrap_or_default()).into(),
            Err(Failure { kind: Kind::Denied, .. }) => Dynamic::UNIT,
            Err(failure) => return Err(failure.into()),
        };
        let rows = topic.partitions.iter().map(|part| {
            let mut row = types::partition_map(&topic, part);
            row.remove("topic");
            row.into()
        });
        let mut map = types::topic_map(&topic);
        map.insert("partitions".into(), rows.collect::<Array>().into());
        map.insert("config".into(), config);
        Ok(map)
    }

    /// Creates the topic `name` with one partition and a copy on each of up to three brokers.
    ///
    /// Returns a map with `topic`, `partitions`, `replication`, `created` (true) and `existed`
    /// (false). An error of
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
    /// topic is fine (false); `dry_run`, whether to check only that it could be created (false); and
    /// `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns a map with `topic`, `partitions`, `replication`, `existed` (whether there was such a
    /// topic) and `created` (false where there was, or where it was only checked). An error of kind
    /// `already_exists` or `invalid` says why it was not created.
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
        let answer = |partitions: i64, replication: i64, existed: bool| {
            Map::from([
                ("topic".into(), name.into()),
                ("partitions".into(), partitions.into()),
                ("replication".into(), replication.into()),
                ("created".into(), (!existed && !given.dry_run).into()),
                ("existed".into(), existed.into()),
            ])
        };
        match admin.create_topic(&run, &given.topic(name), given.timeout()) {
            Ok(made) => Ok(answer(made.partitions.into(), made.replication.into(), false)),
            Err(Failure { kind: Kind::AlreadyExists, .. }) if given.if_not_exists => {
                let topic = admin.topic(&run, name, given.timeout())?;
                Ok(answer(topic.partitions.len() as i64, topic.replication() as i64, true))
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
    /// `given` is a map with `if_exists`, whether a missing topic is fine (false); `dry_run`, whether
    /// to look only whether it is there (false); and `timeout`, the seconds to wait for an answer
    /// (10).
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
        let given: DeleteTopicOptions = options("kafka::delete_topic", given)?;
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let deleted = if given.dry_run {
            admin.topic(&run, name, given.timeout()).map(|_| ())
        } else {
            admin.delete_topic(&run, name, given.timeout())
        };
        match deleted {
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
