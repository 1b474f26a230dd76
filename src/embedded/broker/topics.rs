//! The topics and their partitions.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use kafka_protocol::ResponseError;
use uuid::Uuid;

use super::configs::Values;
use super::fault::Fault;
use super::ids::Ids;
use super::locks::{read, write};
use super::log::Partition;
use super::memory::Memory;
use super::topic_names;

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
    memory: Arc<Memory>,
}

impl Topic {
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

    /// Adds partitions until there are `count`; never takes one away.
    pub fn grow(&self, count: i32) {
        let mut partitions = write(&self.partitions);
        while partitions.len() < usize::try_from(count).unwrap_or_default() {
            partitions.push(Arc::new(Partition::new(self.memory.clone())));
        }
    }
}

/// All topics.
#[derive(Debug)]
pub struct Topics {
    known: RwLock<Known>,
    ids: Ids,
    /// What the records of all topics share.
    pub memory: Arc<Memory>,
}

/// The same topics twice.
#[derive(Debug, Default)]
struct Known {
    by_name: BTreeMap<String, Arc<Topic>>,
    by_id: HashMap<Uuid, Arc<Topic>>,
}

impl Topics {
    /// No topics yet; their records take `memory`.
    pub fn new(memory: Memory) -> Topics {
        Topics { known: RwLock::default(), ids: Ids::default(), memory: Arc::new(memory) }
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

    /// Whether a topic called `name` may be created.
    pub fn check_new(&self, name: &str) -> Result<(), Fault> {
        check_new(&read(&self.known).by_name, name)
    }

    /// Creates the topic `name` with `partitions` partitions; its name must be good and free.
    pub fn create(
        &self,
        name: &str,
        partitions: i32,
        overrides: Overrides,
    ) -> Result<Arc<Topic>, Fault> {
        let mut known = write(&self.known);
        check_new(&known.by_name, name)?;
        let topic = Arc::new(Topic {
            name: name.to_owned(),
            id: self.ids.next(),
            overrides: RwLock::new(overrides),
            partitions: RwLock::default(),
            memory: self.memory.clone(),
        });
        topic.grow(partitions);
        known.by_name.insert(name.to_owned(), topic.clone());
        known.by_id.insert(topic.id, topic.clone());
        Ok(topic)
    }

    /// Deletes the topic called `name` with its records.
    pub fn delete(&self, name: &str) -> Result<Arc<Topic>, ResponseError> {
        let topic = {
            let mut known = write(&self.known);
            let topic = known.by_name.remove(name);
            let topic = topic.ok_or(ResponseError::UnknownTopicOrPartition)?;
            known.by_id.remove(&topic.id);
            topic
        };
        for partition in topic.partitions() {
            partition.close();
        }
        Ok(topic)
    }
}

fn check_new(known: &BTreeMap<String, Arc<Topic>>, name: &str) -> Result<(), Fault> {
    topic_names::check(name)?;
    if known.contains_key(name) {
        let message = format!("Topic '{name}' already exists.");
        return Err(Fault::new(ResponseError::TopicAlreadyExists, message));
    }
    match known.keys().find(|other| topic_names::collide(name, other)) {
        Some(other) => Err(Fault::new(
            ResponseError::InvalidTopicException,
            format!("Topic '{name}' collides with existing topics: {other}"),
        )),
        None => Ok(()),
    }
}
