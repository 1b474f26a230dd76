//! The cluster.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, OffsetOptions, TimeoutOptions, TopicsOptions};
use crate::modules::options::options;

/// Clusters, topics, producers, consumers and their records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Describes the cluster: its id, its controller and its brokers.
    ///
    /// Returns a map with `id` (text, or `()` where the cluster has none), `controller` (the id of a
    /// broker, or `()`) and `brokers`, an array of maps with `id`, `host`, `port` and `controller`.
    /// An error of kind `unreachable` says why no broker answers within 10 s.
    ///
    /// ```rhai
    /// kafka::cluster().brokers.len // => 1
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn cluster(context: NativeCallContext) -> RhaiResultOf<Map> {
        cluster_with(context, Map::new())
    }

    /// Describes the cluster: its id, its controller and its brokers.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the map of `kafka::cluster()`. An error of kind `unreachable`, `denied` or `timeout`
    /// says why no broker answers.
    ///
    /// ```rhai
    /// kafka::cluster(#{ timeout: 2 }).brokers[0].port > 0 // => true
    /// ```
    #[rhai_fn(name = "cluster", volatile, return_raw)]
    pub fn cluster_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Map> {
        let given: TimeoutOptions = options("kafka::cluster", given)?;
        let run = call::context(&context)?;
        Ok(types::cluster_map(Admin::of(&run)?.cluster(&run, given.timeout())?))
    }

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
    /// `internal`, whether to list topics that start with `_` too (false); and `timeout`, the
    /// seconds to wait for an answer (10).
    ///
    /// Returns an array of maps with `name`, `partitions` and `replication` (how many of each) and
    /// `internal`. An error of kind `usage` says that the filter is no pattern.
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
        let topics = Admin::of(&run)?.topics(&run, given.timeout())?;
        let topics = types::select(topics, &given)?;
        Ok(topics.iter().map(|topic| types::topic_map(topic).into()).collect())
    }

    /// Lists the partitions of the topics that `given` asks for, with leader, replicas and ISRs.
    ///
    /// `given` is a map of the options of `kafka::topics(given)`.
    ///
    /// Returns an array of maps with `topic`, `partition`, `leader` (a broker's id, or `()` while
    /// there is none), `replicas` and `isrs` (arrays of ids).
    ///
    /// ```rhai
    /// kafka::create_topic("spread", #{ partitions: 2 });
    /// kafka::partitions(#{ filter: "spread$" }).map(|row| row.partition) // => [0, 1]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn partitions(context: NativeCallContext, given: Map) -> RhaiResultOf<Array> {
        let given: TopicsOptions = options("kafka::partitions", given)?;
        let run = call::context(&context)?;
        let topics = Admin::of(&run)?.topics(&run, given.timeout())?;
        let topics = types::select(topics, &given)?;
        let rows = topics.iter().flat_map(|topic| {
            topic.partitions.iter().map(|part| types::partition_map(topic, part).into())
        });
        Ok(rows.collect())
    }

    /// Tells where each partition of `topic` begins and ends.
    ///
    /// Returns an array of maps with `partition`, `first` (the offset of the oldest record that is
    /// kept), `next` (the offset that the next record gets) and `records` (how many lie between).
    /// An error of kind `not_found` says that the topic does not exist.
    ///
    /// ```rhai
    /// let producer = kafka::producer();
    /// kafka::create_topic("measured");
    /// producer.deliver("measured", "one");
    /// kafka::offsets("measured") // => [#{"first": 0, "next": 1, "partition": 0, "records": 1}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn offsets(context: NativeCallContext, topic: &str) -> RhaiResultOf<Array> {
        let given = OffsetOptions::default();
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topic = admin.topic(&run, topic, given.timeout())?;
        let bounds = admin.watermarks(&run, &[topic], given.timeout())?;
        Ok(bounds.into_iter().map(|bounds| types::watermark_map(bounds).into()).collect())
    }

    /// Tells where in each partition of `topic` a time begins.
    ///
    /// `time` counts milliseconds since 1970 (UTC).
    ///
    /// Returns an array of maps with `partition` and `offset`, that of the first record that is not
    /// older than `time`, or of the next one to come. An error of kind `not_found` says that the
    /// topic does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("dated");
    /// kafka::offsets("dated", time::now()) // => [#{"offset": 0, "partition": 0}]
    /// ```
    #[rhai_fn(name = "offsets", volatile, return_raw)]
    pub fn offsets_at(context: NativeCallContext, topic: &str, time: i64) -> RhaiResultOf<Array> {
        let given = OffsetOptions::default();
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topic = admin.topic(&run, topic, given.timeout())?;
        let found = admin.offsets_at(&run, &[topic], time, given.timeout())?;
        let row = |(_, partition, offset): (String, i32, i64)| {
            let partition = i64::from(partition).into();
            Map::from([("partition".into(), partition), ("offset".into(), offset.into())]).into()
        };
        Ok(found.into_iter().map(row).collect())
    }
}
