//! The offsets of groups as they are kept over a restart.

use kafka_protocol::ResponseError;
use serde::Deserialize;

use super::pending::Placed;
use crate::embedded::broker::disk::{Disk, coordinators};
use crate::embedded::storage::{Changes, StorageError};

/// The table of committed offsets: by group, topic and partition.
const OFFSETS: &str = "offsets";
/// The table of offsets of open transactions: by group, topic, partition and producer.
const PENDING: &str = "pending-offsets";

/// Where one group keeps its offsets.
#[derive(Debug, Default)]
pub struct Keeper {
    disk: Disk,
    group: String,
}

/// An offset that was kept.
#[derive(Debug)]
pub struct Kept {
    /// Whose it is.
    pub group: String,
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The producer whose transaction decides about it, if one does.
    pub producer: Option<i64>,
    pub(super) placed: Placed,
}

impl Keeper {
    /// What keeps the offsets of `group` on `disk`.
    pub fn new(disk: Disk, group: &str) -> Keeper {
        Keeper { disk, group: group.to_owned() }
    }

    /// Makes `changes`, in the words of a coordinator if that fails.
    pub(super) fn save(
        &self,
        changes: impl FnOnce(Changes) -> Changes,
    ) -> Result<(), ResponseError> {
        self.disk.save(changes).map_err(coordinators)
    }

    pub(super) fn put(&self, to: Changes, topic: &str, partition: i32, placed: &Placed) -> Changes {
        to.put(OFFSETS, &key(&(&self.group, topic, partition)), placed)
    }

    pub(super) fn delete(&self, to: Changes, topic: &str, partition: i32) -> Changes {
        to.delete(OFFSETS, &key(&(&self.group, topic, partition)))
    }

    pub(super) fn hold(&self, to: Changes, producer: i64, kept: (&str, i32, &Placed)) -> Changes {
        let (topic, partition, placed) = kept;
        to.put(PENDING, &key(&(&self.group, topic, partition, producer)), placed)
    }

    pub(super) fn drop(&self, to: Changes, producer: i64, topic: &str, partition: i32) -> Changes {
        to.delete(PENDING, &key(&(&self.group, topic, partition, producer)))
    }
}

impl Kept {
    /// All offsets that `disk` keeps.
    pub fn all(disk: &Disk) -> Result<Vec<Kept>, StorageError> {
        let mut all = Vec::new();
        for (key, placed) in disk.all(OFFSETS)? {
            let (group, topic, partition) = parse(OFFSETS, &key)?;
            all.push(Kept { group, topic, partition, producer: None, placed });
        }
        for (key, placed) in disk.all(PENDING)? {
            let (group, topic, partition, producer) = parse(PENDING, &key)?;
            all.push(Kept { group, topic, partition, producer: Some(producer), placed });
        }
        Ok(all)
    }
}

/// Groups may have any character in their names, so a key is JSON.
fn key<T: serde::Serialize>(parts: &T) -> String {
    serde_json::to_string(parts).unwrap_or_default()
}

fn parse<'a, T: Deserialize<'a>>(table: &str, key: &'a str) -> Result<T, StorageError> {
    serde_json::from_str(key).map_err(|source| {
        let (table, key) = (table.to_owned(), key.to_owned());
        StorageError::Value { table, key, source }
    })
}
