//! The consumer of a pipeline: how it is configured, started and checked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};

use super::guard::Guard;
use super::ledger::Shared;
use crate::clients::kafka::Record;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::stream::{Options, Reset, StreamError};

/// How long one question to a broker may take.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What every client of a pipeline shares.
pub fn client_config(context: &Context) -> Result<ClientConfig, StreamError> {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", context.endpoints()?.broker()?);
    for (key, value) in &context.settings().kafka {
        config.set(key, value.expose());
    }
    Ok(config)
}

/// Sends librdkafka's log lines where ours go.
pub fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg
        | RDKafkaLogLevel::Alert
        | RDKafkaLogLevel::Critical
        | RDKafkaLogLevel::Error
        | RDKafkaLogLevel::Warning => tracing::info!(target: "kafka", "{facility}: {message}"),
        _ => tracing::debug!(target: "kafka", "{facility}: {message}"),
    }
}

/// A consumer that is subscribed to `topics`, each of which exists.
pub fn start(
    context: &Context,
    options: &Options,
    topics: &[String],
    ledger: Shared,
) -> Result<BaseConsumer<Guard>, StreamError> {
    let start = |error| StreamError::start(&options.group, error);
    authorize(context, &Action::CommitOffsets(options.group.clone()))?;
    let guard = Guard {
        ledger,
        group: options.group.clone(),
        reset: options.reset,
        rewound: Mutex::default(),
    };
    let consumer: BaseConsumer<Guard> =
        config(context, options)?.create_with_context(guard).map_err(start)?;
    for topic in topics {
        if !exists(&consumer, topic).map_err(start)? {
            return Err(StreamError::NoTopic {
                group: options.group.clone(),
                topic: topic.clone(),
            });
        }
    }
    let names: Vec<&str> = topics.iter().map(String::as_str).collect();
    consumer.subscribe(&names).map_err(start)?;
    Ok(consumer)
}

fn config(context: &Context, options: &Options) -> Result<ClientConfig, StreamError> {
    let mut config = client_config(context)?;
    let reset = if options.reset == Reset::Latest { "latest" } else { "earliest" };
    let on = |yes: bool| if yes { "true" } else { "false" };
    config
        .set("group.id", &options.group)
        .set("enable.auto.commit", "true")
        .set("auto.commit.interval.ms", "1000")
        .set("enable.auto.offset.store", "false")
        .set("auto.offset.reset", reset)
        .set("partition.assignment.strategy", "cooperative-sticky")
        .set("queued.max.messages.kbytes", "16384")
        .set("check.crcs", on(options.check_crcs))
        .set("enable.partition.eof", on(options.until_end));
    Ok(config)
}

fn exists(consumer: &BaseConsumer<Guard>, topic: &str) -> Result<bool, KafkaError> {
    let metadata = consumer.fetch_metadata(Some(topic), PATIENCE)?;
    Ok(metadata.topics().iter().any(|found| found.name() == topic && found.error().is_none()))
}

/// Copies a message out of librdkafka's memory.
pub fn record(message: &BorrowedMessage<'_>, topic: Arc<str>) -> Record {
    let headers = message.headers().map_or_else(Vec::new, |headers| {
        headers
            .iter()
            .map(|header| (header.key.to_owned(), header.value.map(Bytes::copy_from_slice)))
            .collect()
    });
    Record::new(
        topic,
        (message.partition(), message.offset()),
        message.timestamp().to_millis(),
        (message.key().map(Bytes::copy_from_slice), message.payload().map(Bytes::copy_from_slice)),
        headers,
    )
}
