//! Where a partition keeps its records, and from which offset on.

use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

use crate::embedded::storage::{Changes, Storage, StorageError};

/// The table of the first offsets of partitions that do not begin at 0.
const STARTS: &str = "log-starts";

/// The part of the data that one partition has.
#[derive(Debug, Clone)]
pub struct Place {
    storage: Arc<Storage>,
    topic: Uuid,
    partition: i32,
}

impl Place {
    /// The place of partition number `partition` of the topic with the id `topic`.
    pub fn new(storage: Arc<Storage>, topic: Uuid, partition: i32) -> Place {
        Place { storage, topic, partition }
    }

    /// The folder of its files.
    pub(super) fn folder(&self) -> PathBuf {
        folder(&self.storage, self.topic).join(self.partition.to_string())
    }

    /// Keeps the first offset.
    pub(super) fn keep_start(&self, start: i64) -> Result<(), StorageError> {
        self.storage.write(Changes::new().put(STARTS, &self.key(), &start))
    }

    /// `changes` that forget the first offset too.
    pub fn forget_start(&self, changes: Changes) -> Changes {
        changes.delete(STARTS, &self.key())
    }

    /// The first offsets that are kept, each with the key of its partition.
    pub fn starts(storage: &Storage) -> Result<Vec<(String, i64)>, StorageError> {
        storage.all(STARTS)
    }

    /// What tells it from all other partitions.
    pub fn key(&self) -> String {
        format!("{}/{}", self.topic, self.partition)
    }
}

/// The folder with the records of the topic with the id `topic`.
pub fn folder(storage: &Storage, topic: Uuid) -> PathBuf {
    storage.log().join(topic.to_string())
}
