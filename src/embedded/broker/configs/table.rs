//! Every setting with its type and default, as in Apache Kafka 4.0.

use super::Kind;
use super::Kind::{Boolean, Int, List, Long, Ratio, Text, Word, Words};

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// What values it may have.
    pub kind: Kind,
    /// Its value where nobody set it.
    pub default: &'static str,
    /// For a topic: the broker's setting that stands in for it. For the broker: [`LIVE`],
    /// [`STATIC`] or empty.
    pub link: &'static str,
}

/// The broker's setting may be changed while it runs.
pub const LIVE: &str = "live";
/// The broker was started with this value, which is not Kafka's default.
pub const STATIC: &str = "static";

const fn row(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    link: &'static str,
) -> Definition {
    Definition { name, kind, default, link }
}

const CODECS: &[&str] = &["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"];
const POLICIES: &[&str] = &["compact", "delete"];
const MIGRATIONS: &[&str] = &["disabled", "downgrade", "upgrade", "bidirectional"];
const STAMPS: &[&str] = &["CreateTime", "LogAppendTime"];
const FOREVER: &str = "9223372036854775807";
const WEEK: &str = "604800000";
const DAY: &str = "86400000";

/// The settings of a topic.
pub const TOPIC: &[Definition] = &[
    row("cleanup.policy", Words(POLICIES), "delete", "log.cleanup.policy"),
    row("compression.gzip.level", Int(-1), "-1", "compression.gzip.level"),
    row("compression.lz4.level", Int(1), "9", "compression.lz4.level"),
    row("compression.type", Word(CODECS), "producer", "compression.type"),
    row("compression.zstd.level", Int(-131_072), "3", "compression.zstd.level"),
    row("delete.retention.ms", Long(0), DAY, "log.cleaner.delete.retention.ms"),
    row("file.delete.delay.ms", Long(0), "60000", "log.segment.delete.delay.ms"),
    row("flush.messages", Long(1), FOREVER, "log.flush.interval.messages"),
    row("flush.ms", Long(0), FOREVER, "log.flush.interval.ms"),
    row("follower.replication.throttled.replicas", List, "", ""),
    row("index.interval.bytes", Int(0), "4096", "log.index.interval.bytes"),
    row("leader.replication.throttled.replicas", List, "", ""),
    row("max.compaction.lag.ms", Long(1), FOREVER, "log.cleaner.max.compaction.lag.ms"),
    row("max.message.bytes", Int(0), "1048588", "message.max.bytes"),
    row("message.timestamp.after.max.ms", Long(0), "3600000", "log.message.timestamp.after.max.ms"),
    row("message.timestamp.before.max.ms", Long(0), FOREVER, "log.message.timestamp.before.max.ms"),
    row("message.timestamp.type", Word(STAMPS), "CreateTime", "log.message.timestamp.type"),
    row("min.cleanable.dirty.ratio", Ratio, "0.5", "log.cleaner.min.cleanable.ratio"),
    row("min.compaction.lag.ms", Long(0), "0", "log.cleaner.min.compaction.lag.ms"),
    row("min.insync.replicas", Int(1), "1", "min.insync.replicas"),
    row("preallocate", Boolean, "false", "log.preallocate"),
    row("retention.bytes", Long(-1), "-1", "log.retention.bytes"),
    row("retention.ms", Long(-1), WEEK, "log.retention.ms"),
    row("segment.bytes", Int(1_048_576), "1073741824", "log.segment.bytes"),
    row("segment.index.bytes", Int(4), "10485760", "log.index.size.max.bytes"),
    row("segment.jitter.ms", Long(0), "0", "log.roll.jitter.ms"),
    row("segment.ms", Long(1), WEEK, "log.roll.ms"),
    row("unclean.leader.election.enable", Boolean, "false", "unclean.leader.election.enable"),
];

/// The settings of the broker: those that stand in for a topic's, and a few of its own.
pub const BROKER: &[Definition] = &[
    row("auto.create.topics.enable", Boolean, "true", ""),
    row("compression.gzip.level", Int(-1), "-1", LIVE),
    row("compression.lz4.level", Int(1), "9", LIVE),
    row("compression.type", Word(CODECS), "producer", LIVE),
    row("compression.zstd.level", Int(-131_072), "3", LIVE),
    row("default.replication.factor", Int(1), "1", ""),
    row("delete.topic.enable", Boolean, "true", ""),
    row("fetch.max.bytes", Int(1024), "57671680", ""),
    row("group.consumer.assignors", List, "uniform,range", ""),
    row("group.consumer.heartbeat.interval.ms", Int(1), "200", STATIC),
    row("group.consumer.max.heartbeat.interval.ms", Int(1), "15000", ""),
    row("group.consumer.max.session.timeout.ms", Int(1), "60000", ""),
    row("group.consumer.migration.policy", Word(MIGRATIONS), "disabled", STATIC),
    row("group.consumer.min.heartbeat.interval.ms", Int(1), "100", STATIC),
    row("group.consumer.min.session.timeout.ms", Int(1), "45000", ""),
    row("group.consumer.session.timeout.ms", Int(1), "45000", ""),
    row("group.coordinator.rebalance.protocols", List, "classic,consumer", STATIC),
    row("group.initial.rebalance.delay.ms", Int(0), "0", STATIC),
    row("group.max.session.timeout.ms", Int(0), "1800000", ""),
    row("group.min.session.timeout.ms", Int(0), "6000", ""),
    row("log.cleaner.delete.retention.ms", Long(0), DAY, LIVE),
    row("log.cleaner.max.compaction.lag.ms", Long(1), FOREVER, LIVE),
    row("log.cleaner.min.cleanable.ratio", Ratio, "0.5", LIVE),
    row("log.cleaner.min.compaction.lag.ms", Long(0), "0", LIVE),
    row("log.cleanup.policy", Words(POLICIES), "delete", LIVE),
    row("log.flush.interval.messages", Long(1), FOREVER, LIVE),
    row("log.flush.interval.ms", Long(0), FOREVER, LIVE),
    row("log.index.interval.bytes", Int(0), "4096", LIVE),
    row("log.index.size.max.bytes", Int(4), "10485760", LIVE),
    row("log.message.timestamp.after.max.ms", Long(0), "3600000", LIVE),
    row("log.message.timestamp.before.max.ms", Long(0), FOREVER, LIVE),
    row("log.message.timestamp.type", Word(STAMPS), "CreateTime", LIVE),
    row("log.preallocate", Boolean, "false", LIVE),
    row("log.retention.bytes", Long(-1), "-1", LIVE),
    row("log.retention.ms", Long(-1), WEEK, LIVE),
    row("log.roll.jitter.ms", Long(0), "0", LIVE),
    row("log.roll.ms", Long(1), WEEK, LIVE),
    row("log.segment.bytes", Int(1_048_576), "1073741824", LIVE),
    row("log.segment.delete.delay.ms", Long(0), "60000", LIVE),
    row("message.max.bytes", Int(0), "1048588", LIVE),
    row("min.insync.replicas", Int(1), "1", LIVE),
    row("node.id", Int(0), "1", STATIC),
    row("num.partitions", Int(1), "1", ""),
    row("offset.metadata.max.bytes", Int(0), "4096", ""),
    row("process.roles", Text, "broker,controller", STATIC),
    row("socket.request.max.bytes", Int(1), "104857600", ""),
    row("transaction.max.timeout.ms", Int(1), "900000", ""),
    row("unclean.leader.election.enable", Boolean, "false", LIVE),
];
