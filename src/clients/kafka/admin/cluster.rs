//! What the cluster consists of.

use std::time::Duration;

use rdkafka::consumer::Consumer;
use rdkafka::metadata::{Metadata, MetadataTopic};

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::probe;
use crate::context::Context;
use crate::error::Failure;
use crate::nearest::nearest;

/// A Kafka cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The id that the cluster gave itself.
    pub id: Option<String>,
    /// The broker that is the controller.
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
    pub port: i32,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// Its partitions by id.
    pub partitions: Vec<Partition>,
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
        self.probe()?.ask(context, (&attempt, timeout), move |client| {
            let metadata = client.fetch_metadata(None, timeout)?;
            let mut brokers: Vec<Broker> = metadata
                .brokers()
                .iter()
                .map(|b| Broker { id: b.id(), host: b.host().to_owned(), port: b.port() })
                .collect();
            brokers.sort_by_key(|broker| broker.id);
            Ok(Cluster {
                id: client.client().fetch_cluster_id(timeout),
                controller: probe::controller(client, timeout),
                brokers,
            })
        })
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

    /// All topics for the sake of `attempt`.
    pub(in crate::clients::kafka) fn topics_for(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<Topic>, Failure> {
        self.probe()?.ask(context, (attempt, timeout), move |client| {
            // All of them: asking for one by name would create it on brokers that create on sight.
            client.fetch_metadata(None, timeout).map(|metadata| read_topics(&metadata))
        })
    }
}

/// The one of `topics` that is called `name`.
pub fn pick(topics: &[Topic], name: &str, attempt: &str) -> Result<Topic, Failure> {
    topics.iter().find(|topic| topic.name == name).cloned().ok_or_else(|| {
        let known = topics.iter().map(|topic| topic.name.as_str());
        let similar = nearest(name, known).map(str::to_owned);
        let (attempt, topic) = (attempt.to_owned(), name.to_owned());
        KafkaError::UnknownTopic { attempt, topic, similar }.into()
    })
}

fn read_topics(metadata: &Metadata) -> Vec<Topic> {
    let mut topics: Vec<Topic> = metadata.topics().iter().map(read_topic).collect();
    topics.sort_by(|one, other| one.name.cmp(&other.name));
    topics
}

fn read_topic(topic: &MetadataTopic) -> Topic {
    let mut partitions: Vec<Partition> = topic
        .partitions()
        .iter()
        .map(|p| Partition {
            id: p.id(),
            leader: (p.leader() >= 0).then_some(p.leader()),
            replicas: p.replicas().to_vec(),
            isrs: p.isr().to_vec(),
        })
        .collect();
    partitions.sort_by_key(|partition| partition.id);
    Topic { name: topic.name().to_owned(), partitions }
}
