//! What a closure keeps of each partition.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{Dynamic, Map};

use crate::clients::kafka::Record;

/// The states of the partitions that one worker reads.
///
/// A closure gets the state itself, not a copy, so that what it changes stays. Should the record not
/// get through the pipeline, the change is taken back: the record comes again, or is a dead letter.
/// With transactions the state of the last commit is kept, too, for when one is taken back.
pub struct States {
    initial: Map,
    topics: HashMap<Arc<str>, HashMap<i32, State>>,
    changed: Option<Changed>,
}

/// The state of one partition.
struct State {
    now: Dynamic,
    /// What it was before its first record in the transaction after so many commits.
    kept: Option<(u64, Dynamic)>,
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
        let known = self.find(topic, partition).map(|state| state.now.clone());
        let state = known.unwrap_or_else(|| {
            let now = Dynamic::from_map(self.initial.clone()).into_shared();
            let state = State { now: now.clone(), kept: None };
            self.topics.get_mut(topic).and_then(|of| of.insert(partition, state));
            now
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
        if let Some(Changed { topic, partition, before, .. }) = self.changed.take()
            && let Some(state) = self.find(&topic, partition)
        {
            state.now = before.into_shared();
        }
    }

    /// The record in hand belongs to the transaction after so many commits.
    pub fn keep(&mut self, commits: u64) {
        let Some(changed) = self.changed.take() else { return };
        let of = self.topics.get_mut(&changed.topic);
        let state = of.and_then(|of| of.get_mut(&changed.partition));
        if let Some(state) = state
            && state.kept.as_ref().is_none_or(|(kept, _)| *kept != commits)
        {
            state.kept = Some((commits, changed.before));
        }
    }

    /// Takes back what changed in `partition` after so many commits.
    pub fn take_back(&mut self, topic: &str, partition: i32, commits: u64) {
        self.changed = None;
        if let Some(state) = self.find(topic, partition)
            && let Some((_, before)) = state.kept.take_if(|(kept, _)| *kept >= commits)
        {
            state.now = before.into_shared();
        }
    }

    /// Forgets the state of `partition`, which is no longer ours or begins anew.
    pub fn forget(&mut self, topic: &str, partition: i32) {
        self.changed = None;
        if let Some(of) = self.topics.get_mut(topic) {
            of.remove(&partition);
        }
    }

    fn find(&mut self, topic: &str, partition: i32) -> Option<&mut State> {
        self.topics.get_mut(topic)?.get_mut(&partition)
    }
}
