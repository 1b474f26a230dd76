//! The consumer of a pipeline: how it is configured, started and checked.

use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::member::Member;
use crate::clients::kafka::{beat_often_if_embedded, client_config, listen};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::stream::engine::delivery::Promise;
use crate::stream::{GroupProtocol, Options, StreamError};

/// How long one question to a broker may take.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What the broker decides in groups of the protocol `consumer` (KIP-848).
const BROKERS: [&str; 4] = [
    "partition.assignment.strategy",
    "session.timeout.ms",
    "heartbeat.interval.ms",
    "group.protocol.type",
];

/// A consumer as `config` says. It is no member of its group before [`join`].
pub fn start(
    context: &Context,
    options: &Options,
    config: &ClientConfig,
    member: Member,
) -> Result<BaseConsumer<Member>, StreamError> {
    authorize(context, &Action::CommitOffsets(options.group.clone()))?;
    let consumer: BaseConsumer<Member> = config.create_with_context(member).map_err(|error| {
        StreamError::refused(&format!("start the pipeline `{}`", options.group), &error)
    })?;
    // What is asked before the first poll needs the token, too.
    listen(&consumer);
    Ok(consumer)
}

/// Joins the group of `consumer`, to get its share of `topics`.
pub fn join(
    consumer: &BaseConsumer<Member>,
    options: &Options,
    topics: &[String],
) -> Result<(), StreamError> {
    let names: Vec<&str> = topics.iter().map(String::as_str).collect();
    consumer
        .subscribe(&names)
        .map_err(|error| StreamError::refused(&format!("join group `{}`", options.group), &error))
}

/// How `options` and `promise` want a consumer.
pub fn config(
    context: &Context,
    options: &Options,
    promise: &dyn Promise,
) -> Result<ClientConfig, StreamError> {
    let mut config = client_config(context)?;
    let on = |yes: bool| if yes { "true" } else { "false" };
    config
        .set("group.id", &options.group)
        .set("enable.auto.offset.store", "false")
        // Also for a group that starts at the end: the member sets that place itself, and a group
        // whose offset fell off the log goes on with the oldest record that is left.
        .set("auto.offset.reset", "earliest")
        // Bytes and messages: librdkafka does not count what each message takes besides its own.
        .set("queued.max.messages.kbytes", "16384")
        .set("queued.min.messages", "30000")
        // How long librdkafka fetches nothing after there were as many: its usual second is longer
        // than they last.
        .set("fetch.queue.backoff.ms", "10")
        .set("check.crcs", on(options.check_crcs))
        .set("enable.partition.eof", on(options.until_end));
    if options.group_protocol == GroupProtocol::Consumer {
        config.set("group.protocol", "consumer");
    }
    if config.get("group.protocol") == Some("consumer") {
        // The broker says these; librdkafka refuses to be told.
        for property in BROKERS {
            config.remove(property);
        }
    } else {
        config.set("partition.assignment.strategy", "cooperative-sticky");
    }
    beat_often_if_embedded(&mut config, context)?;
    promise.consumer(&mut config);
    Ok(config)
}
