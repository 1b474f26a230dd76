//! Offsets of a group with a note at each, read and committed from outside of the group.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer as _};
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::KafkaError;
use super::admin::Admin;
use super::config::{client_config, refused};
use super::release::release;
use super::reporter::Reporter;
use super::wait::Wait;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// What a group committed in one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The partition.
    pub partition: i32,
    /// The offset that is read next; none where nothing was committed.
    pub offset: Option<i64>,
    /// The text that was committed with it; brokers take 4096 bytes.
    pub text: String,
}

/// A group that is looked at and written to without joining it.
pub struct Notes {
    group: String,
    topic: String,
    client: Option<Arc<BaseConsumer<Reporter>>>,
    reporter: Reporter,
    timeout: Duration,
}

impl Notes {
    /// What `group` committed in `topic`; each call waits at most `timeout`.
    pub fn of(
        context: &Context,
        group: &str,
        topic: &str,
        timeout: Duration,
    ) -> Result<Notes, Failure> {
        let reporter = Reporter::of(context);
        let mut config = client_config(context)?;
        config.set("group.id", group).set("enable.auto.commit", "false");
        let client = config
            .create_with_context(reporter.clone())
            .map_err(|error| refused("connect to Kafka", &error))?;
        let (group, topic) = (group.to_owned(), topic.to_owned());
        Ok(Notes { group, topic, client: Some(Arc::new(client)), reporter, timeout })
    }

    /// The offsets and notes of all partitions.
    pub fn read(&self, context: &Context) -> Result<Vec<Note>, Failure> {
        let topics = Admin::of(context)?.topics(context, self.timeout)?;
        let known = topics.into_iter().find(|topic| topic.name == self.topic);
        let count = known.map_or(0, |topic| topic.partitions.len() as i32);
        let attempt = format!("read the offsets of group `{}`", self.group);
        if count == 0 {
            let reason = format!("topic `{}` does not exist", self.topic);
            return Err(KafkaError::Options { attempt, reason, remedy: None }.into());
        }
        let mut list = TopicPartitionList::new();
        list.add_partition_range(&self.topic, 0, count - 1);
        let timeout = self.timeout;
        let list =
            self.ask(context, &attempt, move |client| client.committed_offsets(list, timeout))?;
        let note = |element: &rdkafka::topic_partition_list::TopicPartitionListElem<'_>| Note {
            partition: element.partition(),
            offset: match element.offset() {
                Offset::Offset(offset) => Some(offset),
                _ => None,
            },
            text: element.metadata().to_owned(),
        };
        Ok(list.elements().iter().map(note).collect())
    }

    /// Commits `notes`, those without an offset excepted, and waits until the group has them.
    pub fn commit(&self, context: &Context, notes: &[Note]) -> Result<(), Failure> {
        authorize(context, &Action::CommitOffsets(self.group.clone()))?;
        let attempt = format!("commit offsets of group `{}`", self.group);
        let mut list = TopicPartitionList::new();
        for note in notes {
            let Some(offset) = note.offset else { continue };
            let mut element = list.add_partition(&self.topic, note.partition);
            let set = element.set_offset(Offset::Offset(offset));
            element.set_metadata(note.text.as_str());
            set.map_err(|error| refused(&attempt, &error))?;
        }
        if list.count() == 0 {
            return Ok(());
        }
        self.ask(context, &attempt, move |client| client.commit(&list, CommitMode::Sync))?;
        Ok(())
    }

    fn ask<T: Send + 'static>(
        &self,
        context: &Context,
        attempt: &str,
        question: impl FnOnce(&BaseConsumer<Reporter>) -> KafkaResult<T> + Send + 'static,
    ) -> Result<T, KafkaError> {
        let wait = Wait::new(context, attempt, self.timeout, &self.reporter);
        let Some(client) = self.client.clone() else { return Err(wait.timed_out()) };
        wait.blocking(|| (), move || question(&client))
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        let client = self.client.take();
        release(Duration::from_millis(300), move || drop(client));
    }
}
