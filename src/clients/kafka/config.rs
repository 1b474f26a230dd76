//! How every librdkafka client is configured.

use std::collections::BTreeMap;

use rdkafka::config::{ClientConfig, RDKafkaLogLevel};

use super::error::KafkaError;
use crate::context::Context;
use crate::error::Failure;

/// Properties that decide whom the client trusts and which code it loads, by prefix.
const SETTINGS_ONLY: [&str; 8] = [
    "ssl.",
    "sasl.",
    "https.",
    "security.protocol",
    "enable.ssl.",
    "plugin.library.paths",
    "bootstrap.servers",
    "metadata.broker.list",
];

/// The configuration common to all clients of the run: the brokers, and the librdkafka properties
/// of the settings. Starts or joins the embedded stack where that is the profile.
pub fn client_config(context: &Context) -> Result<ClientConfig, Failure> {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", context.endpoints()?.broker()?)
        .set("client.id", "kafkaefd")
        // KIP-714 sends client metrics to the broker: nothing of ours asks for them.
        .set("enable.metrics.push", "false")
        .set_log_level(RDKafkaLogLevel::Debug);
    for (property, value) in &context.settings().kafka {
        config.set(property, value.expose());
    }
    Ok(config)
}

/// Lets members of a group on the embedded broker tell that they are there five times a second,
/// unless `config` says how often: it costs nothing there, and they learn at once of a rebalance.
pub fn beat_often_if_embedded(config: &mut ClientConfig, context: &Context) -> Result<(), Failure> {
    const INTERVAL: &str = "heartbeat.interval.ms";
    // Groups of the newer protocol (KIP-848) are told by the broker, and may not be configured so.
    let told = config.get("group.protocol") == Some("consumer");
    if context.endpoints()?.embedded && config.get(INTERVAL).is_none() && !told {
        config.set(INTERVAL, "200");
    }
    Ok(())
}

/// Adds the properties that a script gave to `config`; properties of trust are refused.
pub fn add_script_properties(
    config: &mut ClientConfig,
    properties: &BTreeMap<String, String>,
) -> Result<(), KafkaError> {
    for (property, value) in properties {
        if SETTINGS_ONLY.iter().any(|prefix| property.starts_with(prefix)) {
            return Err(KafkaError::Property { property: property.clone() });
        }
        config.set(property, value);
    }
    Ok(())
}

/// librdkafka's refusal to make the client of `attempt` ("make a producer").
pub fn refused(attempt: &str, error: &rdkafka::error::KafkaError) -> KafkaError {
    let reason = match error {
        rdkafka::error::KafkaError::ClientConfig(_, reason, property, _) => {
            format!("`{property}`: {reason}")
        }
        rdkafka::error::KafkaError::ClientCreation(reason) => reason.clone(),
        other => other.to_string(),
    };
    KafkaError::Client { attempt: attempt.to_owned(), reason }
}
