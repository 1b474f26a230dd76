//! The consumer of a pipeline: how it is configured, started and checked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};

use super::guard::Guard;
use super::ledger::Shared;
use crate::clients::kafka::{Admin, Record, client_config};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::stream::{Options, Reset, StreamError};

/// How long one question to a broker may take.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Sends librdkafka's log lines where ours go.
pub fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg
        | RDKafkaLogLevel::Alert
        | RDKafkaLogLevel::Critical
        | RDKafkaLogLevel::Error
        | RDKafkaLogLevel::Warning => {
            tracing::info!(target: "librdkafka", "{facility}: {message}");
        }
        _ => tracing::debug!(target: "librdkafka", "{facility}: {message}"),
    }
}

/// A consumer that is subscribed to `topics`, each of which exists.
pub fn start(
    context: &Context,
    options: &Options,
    topics: &[String],
    ledger: Shared,
) -> Result<BaseConsumer<Guard>, StreamError> {
    let attempt = format!("start the pipeline `{}`", options.group);
    let known = Admin::of(context)?.topics(context, PATIENCE)?;
    if let Some(topic) = topics.iter().find(|name| known.iter().all(|topic| topic.name != **name)) {
        return Err(StreamError::NoTopic { group: options.group.clone(), topic: topic.clone() });
    }
    authorize(context, &Action::CommitOffsets(options.group.clone()))?;
    let guard = Guard {
        ledger,
        group: options.group.clone(),
        reset: options.reset,
        rewound: Mutex::default(),
    };
    let consumer: BaseConsumer<Guard> = config(context, options)?
        .create_with_context(guard)
        .map_err(|error| StreamError::refused(&attempt, &error))?;
    let names: Vec<&str> = topics.iter().map(String::as_str).collect();
    consumer.subscribe(&names).map_err(|error| StreamError::refused(&attempt, &error))?;
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
