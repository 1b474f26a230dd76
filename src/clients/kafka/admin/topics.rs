//! Creating, growing and deleting topics.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::admin::{AdminOptions, NewPartitions, NewTopic as Raw, TopicReplication, TopicResult};
use rdkafka::error::KafkaResult;
use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::reporter::Reporter;
use crate::clients::kafka::wait::{Wait, refused};
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
        authorize(context, &Action::CreateTopic(topic.name.clone()))?;
        let attempt = format!("create topic `{}`", topic.name);
        positive(&attempt, ("partitions", "partitions"), topic.partitions)?;
        positive(
            &attempt,
            ("copies of each record", "replication"),
            topic.replication.unwrap_or(1),
        )?;
        let brokers = self.broker_count(context, (&attempt, timeout))?;
        let replication = topic.replication.unwrap_or_else(|| brokers.min(3));
        let raw = topic.config.iter().fold(
            Raw::new(&topic.name, topic.partitions, TopicReplication::Fixed(replication)),
            |raw, (name, value)| raw.set(name, value),
        );
        let answer = self.writer(context)?.create_topics([&raw], &options(timeout));
        let answer = context.wait(&attempt, timeout, answer)?;
        match outcome(context, &attempt, timeout, answer) {
            Ok(()) => Ok(Created { partitions: topic.partitions, replication }),
            Err(KafkaError::Refused { code, .. }) => {
                Err(explain(&attempt, code, topic, (replication, brokers)).into())
            }
            Err(error) => Err(error.into()),
        }
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
        self.named(context, name, (&attempt, timeout))?;
        let answer = self.writer(context)?.delete_topics(&[name], &options(timeout));
        let answer = context.wait(&attempt, timeout, answer)?;
        Ok(outcome(context, &attempt, timeout, answer)?)
    }

    /// Grows the topic `name` to `count` partitions; with `dry_run` only checks that it could.
    pub fn grow_topic(
        &self,
        context: &Context,
        (name, count): (&str, usize),
        dry_run: bool,
        timeout: Duration,
    ) -> Result<(), Failure> {
        authorize(context, &Action::AlterTopic(name.to_owned()))?;
        let attempt = format!("grow topic `{name}` to {count} partitions");
        let now = self.named(context, name, (&attempt, timeout))?.partitions.len();
        if count <= now {
            let reason = format!("it has {now}, and Kafka cannot take partitions away");
            let remedy = Some(format!("ask for {} or more", now + 1));
            return Err(KafkaError::Options { attempt, reason, remedy }.into());
        }
        let raw = NewPartitions::new(name, count);
        let answer = self
            .writer(context)?
            .create_partitions([&raw], &options(timeout).validate_only(dry_run));
        let answer = context.wait(&attempt, timeout, answer)?;
        Ok(outcome(context, &attempt, timeout, answer)?)
    }

    fn broker_count(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<i32, Failure> {
        use rdkafka::consumer::Consumer;
        self.probe()?.ask(context, (attempt, timeout), move |client| {
            Ok(client.fetch_metadata(None, timeout)?.brokers().len() as i32)
        })
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

fn options(timeout: Duration) -> AdminOptions {
    AdminOptions::new().request_timeout(Some(timeout)).operation_timeout(Some(timeout))
}

fn outcome(
    context: &Context,
    attempt: &str,
    timeout: Duration,
    answer: KafkaResult<Vec<TopicResult>>,
) -> Result<(), KafkaError> {
    let reporter = Reporter::default();
    let wait = Wait::new(context, attempt, timeout, &reporter);
    let results = answer.map_err(|error| wait.explain(&error))?;
    match results.into_iter().find_map(Result::err) {
        Some((_, code)) => Err(refused(attempt, code)),
        None => Ok(()),
    }
}

/// Kafka's refusal to create `topic`, with the numbers that the code alone does not tell.
fn explain(
    attempt: &str,
    code: Code,
    topic: &NewTopic,
    (replication, brokers): (i32, i32),
) -> KafkaError {
    let reason = match code {
        Code::InvalidReplicationFactor if replication > brokers => {
            let s = if brokers == 1 { "" } else { "s" };
            format!("replication factor {replication} exceeds {brokers} broker{s}")
        }
        Code::InvalidConfig => {
            let settings: Vec<_> = topic.config.iter().map(|(k, v)| format!("{k}={v}")).collect();
            format!("Kafka does not accept the config {}", settings.join(", "))
        }
        _ => return refused(attempt, code),
    };
    KafkaError::Refused { attempt: attempt.to_owned(), code, reason }
}
