//! The producer of a pipeline, and what comes back from it.

mod report;

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, Producer};

pub use self::report::Reports;
use super::ask::{blocking, patiently};
use super::delivery::Promise;
use super::ledger::desk::Shared;
use super::ledger::ticket::Ticket;
use super::metrics::meter::Meter;
use super::outlet::Outlet;
use super::reader::consumer;
use crate::clients::kafka::{self, Admin, Tokens, client_config};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::stream::{Message, StreamError};

/// Why a record could not be handed to the producer.
pub enum Refused {
    /// The producer's queue is full: try again when reports arrived.
    Full,
    /// The record is larger than the producer may send.
    TooLarge,
    /// The transaction must be ended first, by whoever commits.
    Transaction,
    /// It will never work.
    Failed(StreamError),
}

/// The producer of one pipeline.
pub struct Sink {
    outlet: Outlet,
    context: Context,
    inputs: Vec<String>,
    allowed: RwLock<HashSet<Arc<str>>>,
}

impl Sink {
    /// A producer, as `promise` wants it, that reports to `desk`.
    pub fn start(
        context: &Context,
        promise: &dyn Promise,
        inputs: &[String],
        (desk, meter): (Shared, Option<Meter>),
    ) -> Result<Sink, StreamError> {
        let mut config = client_config(context)?;
        config
            .set("queue.buffering.max.kbytes", "65536")
            // Bytes are the limit; small records must not come to another one before it.
            .set("queue.buffering.max.messages", "0")
            .set("linger.ms", "5")
            // As other producers choose, so that a copy keeps its records together.
            .set("partitioner", "murmur2_random");
        promise.producer(&mut config);
        let acks = config.get("acks") != Some("0");
        let reports = Reports { desk, meter, tokens: Tokens::of(context), acks };
        let outlet = Outlet::new(config, reports)
            .map_err(|error| StreamError::refused("make a producer", &error))?;
        let allowed = RwLock::default();
        Ok(Sink { outlet, context: context.clone(), inputs: inputs.to_vec(), allowed })
    }

    /// Passes `topic` through the gate for writes, at its first use.
    pub fn admit(&self, topic: &Arc<str>) -> Result<(), StreamError> {
        if self.allowed.read().unwrap_or_else(PoisonError::into_inner).contains(topic) {
            return Ok(());
        }
        if self.inputs.iter().any(|input| **input == **topic) {
            return Err(StreamError::Loop(topic.to_string()));
        }
        authorize(&self.context, &Action::Produce(topic.to_string()))?;
        self.allowed.write().unwrap_or_else(PoisonError::into_inner).insert(topic.clone());
        Ok(())
    }

    /// Hands `message` for `target` to the producer; its report will carry `ticket`.
    pub fn send(&self, target: &str, message: &Message, ticket: Ticket) -> Result<(), Refused> {
        let mut record = BaseRecord::with_opaque_to(target, ticket.word());
        record.key = message.key.as_deref();
        record.payload = message.value.as_deref();
        record.timestamp = message.timestamp;
        record.headers = headers(message);
        self.outlet.producer().send::<[u8], [u8]>(record).map_err(|(error, _)| {
            match error.rdkafka_error_code() {
                Some(RDKafkaErrorCode::QueueFull) => Refused::Full,
                Some(RDKafkaErrorCode::MessageSizeTooLarge) => Refused::TooLarge,
                // So only producers with transactions answer.
                Some(RDKafkaErrorCode::State) => Refused::Transaction,
                _ => {
                    let attempt = format!("produce to topic `{target}`");
                    Refused::Failed(self.refused(&attempt, &error))
                }
            }
        })
    }

    /// What records are sent through.
    pub fn outlet(&self) -> &Outlet {
        &self.outlet
    }

    /// The error of `attempt`; where the producer can do nothing more, with what made it so.
    fn refused(&self, attempt: &str, error: &KafkaError) -> StreamError {
        match self.outlet.producer().client().fatal_error() {
            Some((_, reason)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::Fatal) => {
                let (attempt, code) = (attempt.to_owned(), RDKafkaErrorCode::Fatal);
                kafka::KafkaError::Refused { attempt, code, reason }.into()
            }
            _ => StreamError::refused(attempt, error),
        }
    }

    /// Makes sure that the pipeline `group` can write to `topic`: it exists, or Kafka makes it when
    /// a producer asks for it.
    pub fn require(&self, topic: &str, group: &str) -> Result<(), StreamError> {
        self.admit(&topic.into())?;
        patiently(&self.context, || {
            let known = Admin::of(&self.context)?.topics(&self.context, consumer::PATIENCE)?;
            if known.iter().any(|found| found.name == topic) {
                return Ok(());
            }
            let producer = self.outlet.producer();
            let attempt = format!("describe topic `{topic}`");
            let name = topic.to_owned();
            let found = blocking(
                &self.context,
                &attempt,
                || Ok(()),
                move || {
                    let metadata =
                        producer.client().fetch_metadata(Some(&name), consumer::PATIENCE)?;
                    let found = metadata.topics().iter().find(|found| found.name() == name);
                    Ok(found.map(|found| found.error().map(RDKafkaErrorCode::from)))
                },
            );
            match found? {
                Some(None) => Ok(()),
                None | Some(Some(RDKafkaErrorCode::UnknownTopicOrPartition)) => {
                    Err(StreamError::NoTopic { group: group.to_owned(), topic: topic.to_owned() })
                }
                Some(Some(code)) => Err(kafka::refused(&attempt, code).into()),
            }
        })
    }
}

fn headers(message: &Message) -> Option<OwnedHeaders> {
    if message.headers.is_empty() {
        return None;
    }
    let start = OwnedHeaders::new_with_capacity(message.headers.len());
    Some(
        message
            .headers
            .iter()
            .fold(start, |all, (key, value)| all.insert(Header { key, value: value.as_deref() })),
    )
}
