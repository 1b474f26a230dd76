//! The topics that were kept, when the broker starts.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

use serde::de::Error;
use uuid::Uuid;

use super::keep::{Row, SETTINGS, TOPICS};
use super::{Overrides, Topic, Topics};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::log::{Partition, Place, Restored};
use crate::embedded::broker::memory::Memory;
use crate::embedded::storage::{Storage, StorageError};

impl Topics {
    /// The topics that `disk` keeps, with their records; none where it keeps nothing.
    pub fn restore(memory: Memory, disk: &Disk) -> Result<Topics, StorageError> {
        let topics = Topics::new(memory, disk.clone());
        let Some(storage) = disk.storage() else {
            return Ok(topics);
        };
        let starts: HashMap<String, i64> = Place::starts(storage)?.into_iter().collect();
        let mut settings: HashMap<String, Overrides> = storage.all(SETTINGS)?.into_iter().collect();
        for (name, row) in storage.all::<Row>(TOPICS)? {
            let overrides = settings.remove(&name).unwrap_or_default();
            let topic = Topic::new(&name, id(&name, &row)?, overrides);
            for index in 0..row.partitions {
                let place = Place::new(storage.clone(), topic.id, index);
                let start = starts.get(&place.key()).copied().unwrap_or_default();
                let restored = Partition::restore(topics.memory.clone(), place, start)?;
                note(storage, &name, index, &restored);
                topic.add(restored.partition);
            }
            topics.add(Arc::new(topic));
        }
        remove_others(storage, &topics);
        Ok(topics)
    }
}

fn id(name: &str, row: &Row) -> Result<Uuid, StorageError> {
    Uuid::parse_str(&row.id).map_err(|error| {
        let source = serde_json::Error::custom(error);
        StorageError::Value { table: TOPICS.to_owned(), key: name.to_owned(), source }
    })
}

fn note(storage: &Storage, topic: &str, partition: i32, restored: &Restored) {
    let Restored { cut, end, .. } = restored;
    if *cut > 0 {
        storage.note(format!(
            "cut {cut} bytes of an unfinished batch from {topic}-{partition} at offset {end}"
        ));
    }
}

/// Removes the records of topics that were deleted: the broker may have been killed before.
fn remove_others(storage: &Storage, topics: &Topics) {
    let entries = fs::read_dir(storage.log()).into_iter().flatten().flatten();
    for entry in entries {
        let id = entry.file_name().to_str().and_then(|name| Uuid::parse_str(name).ok());
        if id.is_some_and(|id| topics.by_id(id).is_err()) {
            // What cannot be removed now is removed another time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
