//! The broker's settings as they are now.

use std::str::FromStr;
use std::sync::{Mutex, RwLock};
use std::time::Duration;

use super::{BROKER, Definition, TOPIC, Values};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::locks::{read, write};
use crate::embedded::broker::log::{Demands, Retention, Stamp};
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::wire::ItemError;
use crate::embedded::storage::StorageError;

/// The table of the broker's settings, and the only key in it.
const TABLE: &str = "broker-settings";
const KEY: &str = "changed";

/// What was changed since the broker was started first.
#[derive(Debug, Default)]
pub struct Settings {
    /// Values by name.
    pub changed: RwLock<Values>,
    /// Held while settings of the broker or of a topic change.
    pub changing: Mutex<()>,
    disk: Disk,
}

/// What an append must know of a topic's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The largest batch, bytes.
    pub max_message_bytes: usize,
    /// Whether records get the broker's time.
    pub append_time: bool,
    /// How far ahead of the broker's clock a timestamp may be, milliseconds.
    pub after_max_ms: i64,
    /// How far behind the broker's clock a timestamp may be, milliseconds.
    pub before_max_ms: i64,
    /// Whether records need a key, because the topic is compacted.
    pub keyed: bool,
}

impl Rules {
    /// The timestamps of records that come at `now`, milliseconds since 1970 UTC.
    pub fn stamp(&self, now: i64) -> Stamp {
        if self.append_time {
            Stamp::Append(now)
        } else {
            Stamp::Create { latest: now.saturating_add(self.after_max_ms) }
        }
    }

    /// What each record that comes at `now`, milliseconds since 1970 UTC, must be.
    pub fn demands(&self, now: i64) -> Demands {
        let bounded = !self.append_time && self.before_max_ms < i64::MAX;
        let earliest = bounded.then(|| now.saturating_sub(self.before_max_ms));
        Demands { key: self.keyed, earliest }
    }
}

impl Settings {
    /// The settings that `disk` keeps; the defaults where it keeps none.
    pub fn restore(disk: Disk) -> Result<Settings, StorageError> {
        let changed = disk.all(TABLE)?.into_iter().next();
        let changed = changed.map(|(_, values)| values).unwrap_or_default();
        Ok(Settings { changed: RwLock::new(changed), changing: Mutex::default(), disk })
    }

    /// Makes `values` what was changed, instead of what was so far.
    pub fn replace(&self, values: Values) -> Result<(), ItemError> {
        self.disk.save(|changes| changes.put(TABLE, KEY, &values)).map_err(ItemError::unkept)?;
        *write(&self.changed) = values;
        Ok(())
    }

    /// Whether a topic that is asked for comes into being.
    pub fn auto_create(&self) -> bool {
        self.broker("auto.create.topics.enable") == "true"
    }

    /// How many partitions a topic gets whose creator leaves that open.
    pub fn partitions(&self) -> i32 {
        parse(&self.broker("num.partitions"))
    }

    /// The longest time that a transaction may stay open, milliseconds.
    pub fn max_transaction_ms(&self) -> i32 {
        parse(&self.broker("transaction.max.timeout.ms"))
    }

    /// How often members of groups heartbeat to which the broker assigns, milliseconds (KIP-848).
    pub fn heartbeat_ms(&self) -> i32 {
        parse(&self.broker("group.consumer.heartbeat.interval.ms"))
    }

    /// How long such a member may be silent.
    pub fn session(&self) -> Duration {
        Duration::from_millis(parse(&self.broker("group.consumer.session.timeout.ms")))
    }

    /// The value of the broker's setting `name`; empty if there is none of that name.
    pub fn broker(&self, name: &str) -> String {
        let changed = read(&self.changed).get(name).cloned();
        changed.unwrap_or_else(|| default(BROKER, name).to_owned())
    }

    /// The value of `topic`'s setting `name`: its own, else the broker's.
    pub fn topic(&self, topic: &Topic, name: &str) -> String {
        let own = read(&topic.overrides).get(name).cloned();
        own.unwrap_or_else(|| self.inherited(name))
    }

    /// The value of a topic's setting `name` where the topic has none of its own.
    pub fn inherited(&self, name: &str) -> String {
        match TOPIC.iter().find(|row| row.name == name) {
            Some(row) if row.link.is_empty() => row.default.to_owned(),
            Some(row) => self.broker(row.link),
            None => String::new(),
        }
    }

    /// How long and how much of `topic` is kept; all of it unless its policy is to delete.
    pub fn keep(&self, topic: &Topic) -> Retention {
        if !self.topic(topic, "cleanup.policy").contains("delete") {
            return Retention::default();
        }
        let limit = |name| Some(parse::<i64>(&self.topic(topic, name))).filter(|n| *n >= 0);
        let bytes = limit("retention.bytes").and_then(|bytes| usize::try_from(bytes).ok());
        Retention { ms: limit("retention.ms"), bytes }
    }

    /// What an append to `topic` must know.
    pub fn rules(&self, topic: &Topic) -> Rules {
        Rules {
            max_message_bytes: parse(&self.topic(topic, "max.message.bytes")),
            append_time: self.topic(topic, "message.timestamp.type") == "LogAppendTime",
            after_max_ms: parse(&self.topic(topic, "message.timestamp.after.max.ms")),
            before_max_ms: parse(&self.topic(topic, "message.timestamp.before.max.ms")),
            keyed: self.topic(topic, "cleanup.policy").contains("compact"),
        }
    }
}

fn default(table: &[Definition], name: &str) -> &'static str {
    table.iter().find(|row| row.name == name).map_or("", |row| row.default)
}

/// A value that was checked when it was set.
fn parse<T: FromStr + Default>(value: &str) -> T {
    value.trim().parse().unwrap_or_default()
}
