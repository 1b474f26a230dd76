//! One topic.

use std::sync::{Arc, RwLock};

use kafka_protocol::ResponseError;
use uuid::Uuid;

use crate::embedded::broker::configs::Values;
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::locks::{read, write};
use crate::embedded::broker::log::{Partition, Place};
use crate::embedded::broker::memory::Memory;

/// Settings of a topic that differ from the broker's.
pub type Overrides = Values;

/// A topic.
#[derive(Debug)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// What tells it from an earlier topic of the same name (KIP-516).
    pub id: Uuid,
    /// Its own settings.
    pub overrides: RwLock<Overrides>,
    partitions: RwLock<Vec<Arc<Partition>>>,
}

impl Topic {
    /// A topic without partitions yet.
    pub(super) fn new(name: &str, id: Uuid, overrides: Overrides) -> Topic {
        let partitions = RwLock::default();
        Topic { name: name.to_owned(), id, overrides: RwLock::new(overrides), partitions }
    }

    /// Its partitions, in the order of their numbers.
    pub fn partitions(&self) -> Vec<Arc<Partition>> {
        read(&self.partitions).clone()
    }

    /// How many partitions it has.
    pub fn count(&self) -> i32 {
        read(&self.partitions).len() as i32
    }

    /// The partition with number `index`.
    pub fn partition(&self, index: i32) -> Result<Arc<Partition>, ResponseError> {
        let place = usize::try_from(index).ok();
        place
            .and_then(|place| read(&self.partitions).get(place).cloned())
            .ok_or(ResponseError::UnknownTopicOrPartition)
    }

    /// Adds empty partitions until there are `count`; never takes one away.
    pub(super) fn grow(&self, count: i32, memory: &Arc<Memory>, disk: &Disk) {
        for index in self.count()..count {
            let place = self.place(index, disk);
            self.add(Partition::new(memory.clone(), place));
        }
    }

    /// Adds `partition` behind the others.
    pub(super) fn add(&self, partition: Partition) {
        write(&self.partitions).push(Arc::new(partition));
    }

    /// Where partition `index` is kept, if anything is.
    pub(super) fn place(&self, index: i32, disk: &Disk) -> Option<Place> {
        disk.storage().map(|storage| Place::new(storage.clone(), self.id, index))
    }
}
