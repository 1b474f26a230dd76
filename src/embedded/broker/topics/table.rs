//! All topics.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::{Arc, RwLock};

use kafka_protocol::ResponseError;
use uuid::Uuid;

use super::names;
use super::{Overrides, Topic};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::ids::Ids;
use crate::embedded::broker::locks::{read, write};
use crate::embedded::broker::log::{self, Partition};
use crate::embedded::broker::memory::Memory;
use crate::embedded::broker::wire::ItemError;

/// All topics.
#[derive(Debug)]
pub struct Topics {
    known: RwLock<Known>,
    ids: Ids,
    /// What the records of all topics share.
    pub memory: Arc<Memory>,
    disk: Disk,
}

/// The same topics twice.
#[derive(Debug, Default)]
struct Known {
    by_name: BTreeMap<String, Arc<Topic>>,
    by_id: HashMap<Uuid, Arc<Topic>>,
    /// How often topics came, grew or went.
    changes: u64,
}

impl Topics {
    /// No topics yet; their records take `memory`, and `disk` keeps them.
    pub(super) fn new(memory: Memory, disk: Disk) -> Topics {
        let memory = Arc::new(memory);
        Topics { known: RwLock::default(), ids: Ids::default(), memory, disk }
    }

    /// Adds `topic`, whose name is free.
    pub(super) fn add(&self, topic: Arc<Topic>) {
        write(&self.known).add(topic);
    }

    /// The topic called `name`.
    pub fn get(&self, name: &str) -> Result<Arc<Topic>, ResponseError> {
        read(&self.known).by_name.get(name).cloned().ok_or(ResponseError::UnknownTopicOrPartition)
    }

    /// The topic with `id`.
    pub fn by_id(&self, id: Uuid) -> Result<Arc<Topic>, ResponseError> {
        read(&self.known).by_id.get(&id).cloned().ok_or(ResponseError::UnknownTopicId)
    }

    /// All topics, by name.
    pub fn all(&self) -> Vec<Arc<Topic>> {
        read(&self.known).by_name.values().cloned().collect()
    }

    /// Partition `index` of the topic called `name`.
    pub fn partition(&self, name: &str, index: i32) -> Result<Arc<Partition>, ResponseError> {
        self.get(name)?.partition(index)
    }

    /// A number that is another one once topics came, grew or went.
    pub fn state(&self) -> u64 {
        read(&self.known).changes
    }

    /// Whether a topic called `name` may be created.
    pub fn check_new(&self, name: &str) -> Result<(), ItemError> {
        check_new(&read(&self.known).by_name, name)
    }

    /// Creates the topic `name` with `partitions` partitions; its name must be good and free.
    pub fn create(
        &self,
        name: &str,
        partitions: i32,
        overrides: Overrides,
    ) -> Result<Arc<Topic>, ItemError> {
        let mut known = write(&self.known);
        check_new(&known.by_name, name)?;
        let topic = Arc::new(Topic::new(name, self.ids.next(), overrides.clone()));
        self.disk.keep_topic(&topic, partitions, &overrides).map_err(ItemError::unkept)?;
        topic.grow(partitions, &self.memory, &self.disk);
        known.add(topic.clone());
        Ok(topic)
    }

    /// Adds partitions to `topic` until there are `count`.
    pub fn grow(&self, topic: &Topic, count: i32) -> Result<(), ItemError> {
        let mut known = write(&self.known);
        known.check(topic)?;
        let overrides = read(&topic.overrides).clone();
        self.disk
            .keep_topic(topic, count.max(topic.count()), &overrides)
            .map_err(ItemError::unkept)?;
        topic.grow(count, &self.memory, &self.disk);
        known.changes += 1;
        Ok(())
    }

    /// Gives `topic` the settings `overrides` instead of those it has.
    pub fn configure(&self, topic: &Topic, overrides: Overrides) -> Result<(), ItemError> {
        let known = write(&self.known);
        known.check(topic)?;
        self.disk.keep_settings(&topic.name, &overrides).map_err(ItemError::unkept)?;
        *write(&topic.overrides) = overrides;
        Ok(())
    }

    /// Deletes the topic called `name` with its records.
    pub fn delete(&self, name: &str) -> Result<Arc<Topic>, ResponseError> {
        let topic = {
            let mut known = write(&self.known);
            let topic = known.by_name.get(name).cloned();
            let topic = topic.ok_or(ResponseError::UnknownTopicOrPartition)?;
            self.disk.forget_topic(&topic)?;
            known.by_name.remove(name);
            known.by_id.remove(&topic.id);
            known.changes += 1;
            topic
        };
        for partition in topic.partitions() {
            partition.close();
        }
        if let Some(storage) = self.disk.storage() {
            // What stays is removed when the broker starts again.
            let _ = fs::remove_dir_all(log::folder(storage, topic.id));
        }
        Ok(topic)
    }
}

impl Known {
    fn add(&mut self, topic: Arc<Topic>) {
        self.by_id.insert(topic.id, topic.clone());
        self.by_name.insert(topic.name.clone(), topic);
        self.changes += 1;
    }

    /// Whether `topic` was not deleted in between: its settings must not outlive it.
    fn check(&self, topic: &Topic) -> Result<(), ItemError> {
        if self.by_id.contains_key(&topic.id) {
            return Ok(());
        }
        let message = "This server does not host this topic-partition.";
        Err(ItemError::new(ResponseError::UnknownTopicOrPartition, message))
    }
}

fn check_new(known: &BTreeMap<String, Arc<Topic>>, name: &str) -> Result<(), ItemError> {
    names::check(name)?;
    if known.contains_key(name) {
        let message = format!("Topic '{name}' already exists.");
        return Err(ItemError::new(ResponseError::TopicAlreadyExists, message));
    }
    match known.keys().find(|other| names::collide(name, other)) {
        Some(other) => Err(ItemError::new(
            ResponseError::InvalidTopicException,
            format!("Topic '{name}' collides with existing topics: {other}"),
        )),
        None => Ok(()),
    }
}
