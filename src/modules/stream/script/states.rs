//! What a closure keeps of each partition.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{Dynamic, Map};

use crate::clients::kafka::Record;

/// The states of the partitions that one worker reads.
///
/// A closure gets the state itself, not a copy, so that what it changes stays. Should the record not
/// get through the pipeline, the change is taken back: the record comes again, or is a dead letter.
pub struct States {
    initial: Map,
    topics: HashMap<Arc<str>, HashMap<i32, Dynamic>>,
    changed: Option<Changed>,
}

/// The record in hand, and the state of its partition before it.
struct Changed {
    topic: Arc<str>,
    partition: i32,
    offset: i64,
    before: Dynamic,
}

impl States {
    /// States that begin as `initial`.
    pub fn new(initial: Map) -> States {
        States { initial, topics: HashMap::new(), changed: None }
    }

    /// The state of the partition that `record` was read from.
    pub fn of(&mut self, record: &Record) -> Dynamic {
        let (topic, partition, offset) = (record.topic(), record.partition(), record.offset());
        if !self.topics.contains_key(topic) {
            self.topics.insert(topic.clone(), HashMap::new());
        }
        let known = self.topics.get_mut(topic).and_then(|of| of.get(&partition).cloned());
        let state = known.unwrap_or_else(|| {
            let new = Dynamic::from_map(self.initial.clone()).into_shared();
            self.put(topic, partition, new.clone());
            new
        });
        // A stage before this one may have made several messages of the record.
        let same = |changed: &Changed| {
            changed.offset == offset && changed.partition == partition && changed.topic == *topic
        };
        if !self.changed.as_ref().is_some_and(same) {
            let before = state.flatten_clone();
            self.changed = Some(Changed { topic: topic.clone(), partition, offset, before });
        }
        state
    }

    /// Takes back what the record in hand changed.
    pub fn undo(&mut self) {
        if let Some(Changed { topic, partition, before, .. }) = self.changed.take() {
            self.put(&topic, partition, before.into_shared());
        }
    }

    /// Forgets the state of `partition`, which is no longer ours or begins anew.
    pub fn forget(&mut self, topic: &str, partition: i32) {
        self.changed = None;
        if let Some(of) = self.topics.get_mut(topic) {
            of.remove(&partition);
        }
    }

    fn put(&mut self, topic: &Arc<str>, partition: i32, state: Dynamic) {
        if let Some(of) = self.topics.get_mut(topic) {
            of.insert(partition, state);
        }
    }
}
