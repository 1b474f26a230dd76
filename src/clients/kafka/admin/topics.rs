//! Creating, growing and deleting topics.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{
    CreatePartitions, CreateTopics, DeleteTopics, Outcome, TopicSpec,
};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// A topic to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTopic {
    /// Its name.
    pub name: String,
    /// How many partitions.
    pub partitions: i32,
    /// How many copies of each record; none for 3, or as many as there are brokers.
    pub replication: Option<i32>,
    /// Topic configs that differ from the broker's defaults.
    pub config: BTreeMap<String, String>,
    /// Whether to check only that it could be created.
    pub dry_run: bool,
}

/// What was created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// How many partitions.
    pub partitions: i32,
    /// How many copies of each record.
    pub replication: i32,
}

impl Admin {
    /// Creates `topic` and waits until the cluster has it.
    pub fn create_topic(
        &self,
        context: &Context,
        topic: &NewTopic,
        timeout: Duration,
    ) -> Result<Created, Failure> {
        let attempt = format!("create topic `{}`", topic.name);
        positive(&attempt, ("partitions", "partitions"), topic.partitions)?;
        let copies = ("copies of each record", "replication");
        positive(&attempt, copies, topic.replication.unwrap_or(1))?;
        let replication = match topic.replication {
            Some(replication) => replication,
            None => self.broker_count(context, (&attempt, timeout))?.min(3),
        };
        if !topic.dry_run {
            authorize(context, &Action::CreateTopic(topic.name.clone()))?;
        }
        let topics = vec![TopicSpec {
            name: topic.name.clone(),
            partitions: topic.partitions,
            replication,
            config: topic.config.clone(),
        }];
        let request = CreateTopics { topics, validate_only: topic.dry_run, timeout };
        let outcome = self.probe()?.request_one(context, (&attempt, timeout), request)?;
        match only(&attempt, outcome) {
            Ok(()) => {}
            Err(KafkaError::Refused { code: Code::InvalidReplicationFactor, .. }) => {
                let brokers = self.broker_count(context, (&attempt, timeout))?;
                return Err(too_many_copies(&attempt, replication, brokers).into());
            }
            Err(error) => return Err(error.into()),
        }
        if !topic.dry_run {
            self.await_topic(context, (&topic.name, topic.partitions as usize), timeout)?;
        }
        Ok(Created { partitions: topic.partitions, replication })
    }

    /// Deletes the topic `name` with its records.
    pub fn delete_topic(
        &self,
        context: &Context,
        name: &str,
        timeout: Duration,
    ) -> Result<(), Failure> {
        authorize(context, &Action::DeleteTopic(name.to_owned()))?;
        let attempt = format!("delete topic `{name}`");
        let request = DeleteTopics { names: vec![name.to_owned()], timeout };
        let outcome = self.probe()?.request_one(context, (&attempt, timeout), request)?;
        only(&attempt, outcome)
            .map_err(|error| self.suggest(context, error, name, (&attempt, timeout)))
    }

    /// Grows the topic `name` to `count` partitions; with `dry_run` only checks that it could.
    pub fn grow_topic(
        &self,
        context: &Context,
        (name, count): (&str, usize),
        dry_run: bool,
        timeout: Duration,
    ) -> Result<(), Failure> {
        let attempt = format!("grow topic `{name}` to {count} partitions");
        let now = self.named(context, name, (&attempt, timeout))?.partitions.len();
        if count <= now {
            let reason = format!("it has {now}, and Kafka cannot take partitions away");
            let remedy = Some(format!("ask for {} or more", now + 1));
            return Err(KafkaError::Options { attempt, reason, remedy }.into());
        }
        if !dry_run {
            authorize(context, &Action::AlterTopic(name.to_owned()))?;
        }
        let topic = name.to_owned();
        let request = CreatePartitions { topic, count, validate_only: dry_run, timeout };
        let outcome = self.probe()?.request_one(context, (&attempt, timeout), request)?;
        only(&attempt, outcome)?;
        if !dry_run {
            self.await_topic(context, (name, count), timeout)?;
        }
        Ok(())
    }

    fn broker_count(&self, context: &Context, asked: (&str, Duration)) -> Result<i32, Failure> {
        Ok(self.cluster_for(context, asked)?.brokers.len() as i32)
    }
}

/// Kafka takes -1 for "as the broker likes", which would leave the caller without the number.
fn positive(attempt: &str, (what, option): (&str, &str), count: i32) -> Result<(), KafkaError> {
    if count >= 1 {
        return Ok(());
    }
    let reason = format!("it cannot have {count} {what}");
    let remedy = Some(format!("give {option} as 1 or more, or leave it out"));
    Err(KafkaError::Options { attempt: attempt.to_owned(), reason, remedy })
}

/// What became of the only topic of a request.
fn only(attempt: &str, outcome: Outcome) -> Result<(), KafkaError> {
    match outcome.into_iter().find_map(|(_, result)| result.err()) {
        Some(refusal) => Err(declined(attempt, refusal)),
        None => Ok(()),
    }
}

fn too_many_copies(attempt: &str, replication: i32, brokers: i32) -> KafkaError {
    let s = if brokers == 1 { "" } else { "s" };
    let reason = format!("replication factor {replication} exceeds {brokers} broker{s}");
    KafkaError::Refused {
        attempt: attempt.to_owned(),
        code: Code::InvalidReplicationFactor,
        reason,
    }
}
