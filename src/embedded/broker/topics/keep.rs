//! What is kept of topics over a restart, beside their records.

use kafka_protocol::ResponseError;
use serde::{Deserialize, Serialize};

use super::topic::{Overrides, Topic};
use crate::embedded::broker::disk::Disk;
use crate::embedded::storage::Changes;

/// The table of topics by name.
pub(super) const TOPICS: &str = "topics";
/// The table of their settings, by name too.
pub(super) const SETTINGS: &str = "topic-settings";

/// A topic in its table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Row {
    /// Its UUID.
    pub(super) id: String,
    /// How many partitions it has.
    pub(super) partitions: i32,
}

impl Disk {
    /// Keeps `topic` as one with `partitions` partitions and `overrides`.
    pub(super) fn keep_topic(
        &self,
        topic: &Topic,
        partitions: i32,
        overrides: &Overrides,
    ) -> Result<(), ResponseError> {
        let row = Row { id: topic.id.to_string(), partitions };
        self.save(|changes| {
            settings(changes.put(TOPICS, &topic.name, &row), &topic.name, overrides)
        })
    }

    /// Keeps `overrides` of the topic called `name`.
    pub(super) fn keep_settings(
        &self,
        name: &str,
        overrides: &Overrides,
    ) -> Result<(), ResponseError> {
        self.save(|changes| settings(changes, name, overrides))
    }

    /// Keeps `topic` no more.
    pub(super) fn forget_topic(&self, topic: &Topic) -> Result<(), ResponseError> {
        self.save(|changes| {
            let changes = changes.delete(TOPICS, &topic.name).delete(SETTINGS, &topic.name);
            let places = (0..topic.count()).filter_map(|index| topic.place(index, self));
            places.fold(changes, |changes, place| place.forget_start(changes))
        })
    }
}

fn settings(changes: Changes, name: &str, overrides: &Overrides) -> Changes {
    if overrides.is_empty() {
        changes.delete(SETTINGS, name)
    } else {
        changes.put(SETTINGS, name, overrides)
    }
}
