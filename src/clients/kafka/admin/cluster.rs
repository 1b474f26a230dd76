//! What the cluster consists of.

use std::collections::HashSet;
use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::metadata::{Metadata, MetadataBroker, MetadataTopic};
use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::DescribeCluster;
use crate::context::Context;
use crate::error::Failure;
use crate::nearest::nearest;

/// A Kafka cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The id that the cluster gave itself.
    pub id: Option<String>,
    /// The broker that is the controller, or that passes on what is meant for it (`KRaft`).
    pub controller: Option<i32>,
    /// The brokers by id.
    pub brokers: Vec<Broker>,
}

/// One server of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    /// Its id in the cluster.
    pub id: i32,
    /// The host it advertises.
    pub host: String,
    /// The port it advertises.
    pub port: u16,
    /// The rack it says it stands in.
    pub rack: Option<String>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// Its partitions by id.
    pub partitions: Vec<Partition>,
    /// Why the broker that was asked cannot tell its partitions now; none where it can.
    pub error: Option<Code>,
}

/// One partition of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// Its number, from 0.
    pub id: i32,
    /// The broker that leads it; none while there is none.
    pub leader: Option<i32>,
    /// The brokers that have a copy.
    pub replicas: Vec<i32>,
    /// Those whose copy is complete.
    pub isrs: Vec<i32>,
    /// Those of the replicas whose broker does not run.
    pub offline: Vec<i32>,
}

impl Topic {
    /// Whether Kafka or a platform keeps its own state in it: its name starts with `_`.
    pub fn internal(&self) -> bool {
        self.name.starts_with('_')
    }

    /// How many copies each record has.
    pub fn replication(&self) -> usize {
        self.partitions.first().map_or(0, |partition| partition.replicas.len())
    }
}

impl Admin {
    /// The cluster with its brokers and its controller.
    pub fn cluster(&self, context: &Context, timeout: Duration) -> Result<Cluster, Failure> {
        let attempt = format!("list brokers of {}", self.brokers);
        self.cluster_for(context, (&attempt, timeout))
    }

    /// The cluster for the sake of `attempt`, which an error names.
    pub(super) fn cluster_for(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Cluster, Failure> {
        let answer = self.probe()?.request_one(context, (attempt, timeout), DescribeCluster)?;
        let mut brokers: Vec<Broker> = answer
            .nodes
            .into_iter()
            .map(|node| Broker { id: node.id, host: node.host, port: node.port, rack: node.rack })
            .collect();
        brokers.sort_by_key(|broker| broker.id);
        Ok(Cluster { id: answer.id, controller: answer.controller, brokers })
    }

    /// All topics by name, internal ones too.
    pub fn topics(&self, context: &Context, timeout: Duration) -> Result<Vec<Topic>, Failure> {
        let attempt = format!("list topics of {}", self.brokers);
        self.topics_for(context, (&attempt, timeout))
    }

    /// The topic `name`.
    pub fn topic(
        &self,
        context: &Context,
        name: &str,
        timeout: Duration,
    ) -> Result<Topic, Failure> {
        let attempt = format!("describe topic `{name}`");
        self.named(context, name, (&attempt, timeout))
    }

    /// The topics `names`.
    pub fn topics_named(
        &self,
        context: &Context,
        names: &[String],
        timeout: Duration,
    ) -> Result<Vec<Topic>, Failure> {
        let attempt = match names {
            [name] => format!("describe topic `{name}`"),
            several => format!("describe {} topics", several.len()),
        };
        let topics = self.topics_for(context, (&attempt, timeout))?;
        names.iter().map(|name| pick(&topics, name, &attempt)).collect()
    }

    /// The topic `name` for the sake of `attempt`, which an error names.
    pub(in crate::clients::kafka) fn named(
        &self,
        context: &Context,
        name: &str,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Topic, Failure> {
        let topics = self.topics_for(context, (attempt, timeout))?;
        pick(&topics, name, attempt)
    }

    /// `error`, or where it is that there is no topic `name`, the error that suggests another.
    pub(super) fn suggest(
        &self,
        context: &Context,
        error: KafkaError,
        name: &str,
        (attempt, timeout): (&str, Duration),
    ) -> Failure {
        let KafkaError::Refused { code: Code::UnknownTopicOrPartition, .. } = error else {
            return error.into();
        };
        match self.topics_for(context, (attempt, timeout)) {
            Ok(topics) => unknown(&topics, name, attempt).into(),
            Err(_) => error.into(),
        }
    }

    /// All topics for the sake of `attempt`.
    pub(in crate::clients::kafka) fn topics_for(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<Topic>, Failure> {
        Ok(self.probe()?.ask(context, (attempt, timeout), move |client| {
            // All of them: asking for one by name would create it on brokers that create on sight.
            client.fetch_metadata(None, timeout).map(|metadata| read_topics(&metadata))
        })?)
    }
}

/// The one of `topics` that is called `name`.
pub fn pick(topics: &[Topic], name: &str, attempt: &str) -> Result<Topic, Failure> {
    let found = topics.iter().find(|topic| topic.name == name).cloned();
    found.ok_or_else(|| unknown(topics, name, attempt).into())
}

/// The error of `attempt` that none of `topics` is called `name`.
fn unknown(topics: &[Topic], name: &str, attempt: &str) -> KafkaError {
    let known = topics.iter().map(|topic| topic.name.as_str());
    let similar = nearest(name, known).map(str::to_owned);
    KafkaError::UnknownTopic { attempt: attempt.to_owned(), topic: name.to_owned(), similar }
}

fn read_topics(metadata: &Metadata) -> Vec<Topic> {
    let alive: HashSet<i32> = metadata.brokers().iter().map(MetadataBroker::id).collect();
    let read = |topic| read_topic(topic, &alive);
    let mut topics: Vec<Topic> = metadata.topics().iter().map(read).collect();
    topics.sort_by(|one, other| one.name.cmp(&other.name));
    topics
}

fn read_topic(topic: &MetadataTopic, alive: &HashSet<i32>) -> Topic {
    let mut partitions: Vec<Partition> = topic
        .partitions()
        .iter()
        .map(|p| Partition {
            id: p.id(),
            leader: (p.leader() >= 0).then_some(p.leader()),
            replicas: p.replicas().to_vec(),
            isrs: p.isr().to_vec(),
            offline: p.replicas().iter().copied().filter(|id| !alive.contains(id)).collect(),
        })
        .collect();
    partitions.sort_by_key(|partition| partition.id);
    let error = topic.error().map(Code::from);
    Topic { name: topic.name().to_owned(), partitions, error }
}
