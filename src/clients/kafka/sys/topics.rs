//! Creating, deleting and growing topics.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;
use rdkafka::types::RDKafkaRespErr;

use super::event::Event;
use super::options::Options;
use super::owned::{Owned, array};
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};

/// What became of each topic of a request, by name.
pub type Outcome = Vec<(String, Result<(), Refusal>)>;

/// A topic to be created.
#[derive(Debug, Clone)]
pub struct TopicSpec {
    /// Its name.
    pub name: String,
    /// How many partitions; -1 for the broker's default.
    pub partitions: i32,
    /// How many copies of each record; -1 for the broker's default.
    pub replication: i32,
    /// Configs that differ from the broker's.
    pub config: BTreeMap<String, String>,
}

/// Creates topics. The answer tells of each.
pub struct CreateTopics {
    /// The topics.
    pub topics: Vec<TopicSpec>,
    /// Whether to check only that it could be done.
    pub validate_only: bool,
    /// How long the broker may take.
    pub timeout: Duration,
}

impl Request for CreateTopics {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_CREATETOPICS;
    const LACK: &'static str = "request to create topics";
    type Answer = Outcome;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.operation_timeout(self.timeout)?;
        options.validate_only(self.validate_only)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut topics = self.topics.iter().map(new_topic).collect::<Result<Vec<_>, _>>()?;
        let (first, count) = (array(&mut topics), topics.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_CreateTopics(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Outcome, Refusal> {
        let result = event.result(rd_kafka_event_CreateTopics_result)?;
        Ok(outcome(&result.list(rd_kafka_CreateTopics_result_topics)))
    }
}

fn new_topic(topic: &TopicSpec) -> Result<Owned<rd_kafka_NewTopic_t>, Refusal> {
    let (name, partitions, replication) =
        (c_text(&topic.name)?, topic.partitions, topic.replication);
    // SAFETY: name and buffer are live, librdkafka copies the name; the object is new and ours.
    let made = unsafe {
        Owned::make(|reason, size| {
            rd_kafka_NewTopic_new(name.as_ptr(), partitions, replication, reason, size)
        })
    }?;
    for (name, value) in &topic.config {
        let (name, value) = (c_text(name)?, c_text(value)?);
        // SAFETY: all arguments are live, and librdkafka copies the texts.
        let code =
            unsafe { rd_kafka_NewTopic_set_config(made.as_ptr(), name.as_ptr(), value.as_ptr()) };
        if code != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            return Err(Refusal { code: code.into(), text: None });
        }
    }
    Ok(made)
}

/// Deletes topics with their records. The answer tells of each.
pub struct DeleteTopics {
    /// The names of the topics.
    pub names: Vec<String>,
    /// How long the broker may take.
    pub timeout: Duration,
}

impl Request for DeleteTopics {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DELETETOPICS;
    const LACK: &'static str = "request to delete topics";
    type Answer = Outcome;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.operation_timeout(self.timeout)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut topics = Vec::new();
        for name in &self.names {
            let name = c_text(name)?;
            // SAFETY: the name is live and gets copied; the object is new and ours.
            let topic = unsafe { Owned::take(rd_kafka_DeleteTopic_new(name.as_ptr())) };
            topics.push(topic.ok_or_else(|| Refusal::argument("a topic has no name"))?);
        }
        let (first, count) = (array(&mut topics), topics.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DeleteTopics(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Outcome, Refusal> {
        let result = event.result(rd_kafka_event_DeleteTopics_result)?;
        Ok(outcome(&result.list(rd_kafka_DeleteTopics_result_topics)))
    }
}

/// Grows a topic. The answer tells of it.
pub struct CreatePartitions {
    /// The name of the topic.
    pub topic: String,
    /// How many partitions it shall have.
    pub count: usize,
    /// Whether to check only that it could be done.
    pub validate_only: bool,
    /// How long the broker may take.
    pub timeout: Duration,
}

impl Request for CreatePartitions {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_CREATEPARTITIONS;
    const LACK: &'static str = "request to add partitions";
    type Answer = Outcome;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.operation_timeout(self.timeout)?;
        options.validate_only(self.validate_only)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let topic = c_text(&self.topic)?;
        // SAFETY: name and buffer are live, the name gets copied; the object is new and ours.
        let grown = unsafe {
            Owned::make(|reason, size| {
                rd_kafka_NewPartitions_new(topic.as_ptr(), self.count, reason, size)
            })
        }?;
        let mut grown = [grown];
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_CreatePartitions(client, array(&mut grown), 1, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Outcome, Refusal> {
        let result = event.result(rd_kafka_event_CreatePartitions_result)?;
        Ok(outcome(&result.list(rd_kafka_CreatePartitions_result_topics)))
    }
}

fn outcome(topics: &[Lent<rd_kafka_topic_result_t>]) -> Outcome {
    let one = |topic: &Lent<rd_kafka_topic_result_t>| {
        let code = topic.value(rd_kafka_topic_result_error);
        // SAFETY: the topic is live, and so is the text that belongs to it.
        let refusal =
            unsafe { Refusal::of(code, rd_kafka_topic_result_error_string(topic.as_ptr())) };
        let name = topic.text(rd_kafka_topic_result_name).unwrap_or_default();
        (name, refusal.map_or(Ok(()), Err))
    };
    topics.iter().map(one).collect()
}
