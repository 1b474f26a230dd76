//! Configs of topics.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rdkafka::admin::{AdminOptions, AlterConfig, ConfigSource, ResourceSpecifier};
use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::reporter::Reporter;
use crate::clients::kafka::wait::{Wait, refused};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// How often, and how far apart, a change is looked for before it counts as refused.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// One config of a topic with where its value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigEntry {
    /// `retention.ms`, …
    pub name: String,
    /// The value; none where Kafka keeps it secret.
    pub value: Option<String>,
    /// `topic`, `broker`, `dynamic-broker`, `default` or `unknown`.
    pub source: &'static str,
    /// Whether it is the default.
    pub default: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// Whether it is secret.
    pub sensitive: bool,
}

impl Admin {
    /// The configs of the topic `name`, by name.
    pub fn topic_config(
        &self,
        context: &Context,
        name: &str,
        timeout: Duration,
    ) -> Result<Vec<ConfigEntry>, Failure> {
        let attempt = format!("read the config of topic `{name}`");
        self.named(context, name, (&attempt, timeout))?;
        let asked = [ResourceSpecifier::Topic(name)];
        let options = AdminOptions::new().request_timeout(Some(timeout));
        let answer = self.writer(context)?.describe_configs(&asked, &options);
        let answer = context.wait(&attempt, timeout, answer)?;
        let reporter = Reporter::default();
        let wait = Wait::new(context, &attempt, timeout, &reporter);
        let resources = answer.map_err(|error| wait.explain(&error))?;
        let mut entries = Vec::new();
        for resource in resources {
            let resource = resource.map_err(|code| refused(&attempt, code))?;
            entries.extend(resource.entries.into_iter().map(|entry| ConfigEntry {
                source: source(&entry.source),
                default: entry.is_default,
                read_only: entry.is_read_only,
                sensitive: entry.is_sensitive,
                name: entry.name,
                value: entry.value,
            }));
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    /// Sets and unsets configs of the topic `name`; its other overrides stay.
    pub fn set_topic_config(
        &self,
        context: &Context,
        name: &str,
        (set, unset): (&BTreeMap<String, String>, &BTreeSet<String>),
        timeout: Duration,
    ) -> Result<(), Failure> {
        authorize(context, &Action::AlterTopic(name.to_owned()))?;
        // AlterConfigs replaces all overrides, so those that stay are sent along.
        let mut overrides: BTreeMap<String, String> = self
            .topic_config(context, name, timeout)?
            .into_iter()
            .filter(|entry| entry.source == "topic")
            .filter_map(|entry| entry.value.map(|value| (entry.name, value)))
            .collect();
        overrides.retain(|config, _| !unset.contains(config));
        overrides.extend(set.clone());
        let attempt = format!("change the config of topic `{name}`");
        let altered = overrides
            .iter()
            .fold(AlterConfig::new(ResourceSpecifier::Topic(name)), |altered, (config, value)| {
                altered.set(config, value)
            });
        let options = AdminOptions::new().request_timeout(Some(timeout));
        let answer = self.writer(context)?.alter_configs([&altered], &options);
        let answer = context.wait(&attempt, timeout, answer)?;
        let reporter = Reporter::default();
        let wait = Wait::new(context, &attempt, timeout, &reporter);
        let results = answer.map_err(|error| wait.explain(&error))?;
        if let Some((_, code)) = results.into_iter().find_map(Result::err) {
            return Err(refused(&attempt, code).into());
        }
        self.confirm(context, name, (set, unset), (&attempt, timeout))
    }

    /// Checks that the changes were taken: rdkafka 0.39 drops the broker's answer to each resource.
    /// A controller's change reaches the other brokers a little later, hence the tries.
    fn confirm(
        &self,
        context: &Context,
        name: &str,
        (set, unset): (&BTreeMap<String, String>, &BTreeSet<String>),
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), Failure> {
        for _ in 0..TRIES {
            let config = self.topic_config(context, name, timeout)?;
            let overridden: BTreeMap<_, _> = config
                .iter()
                .filter(|entry| entry.source == "topic")
                .map(|entry| (&entry.name, entry.value.as_ref()))
                .collect();
            let taken = set.iter().all(|(config, value)| {
                // What is secret is not shown: that it is overridden must do.
                overridden.get(config).is_some_and(|now| now.is_none_or(|now| now == value))
            });
            if taken && unset.iter().all(|config| !overridden.contains_key(config)) {
                return Ok(());
            }
            context.wait(attempt, timeout, async { tokio::time::sleep(PAUSE).await })?;
        }
        let changes: Vec<_> = set.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let reason = if changes.is_empty() {
            "Kafka did not take the change".to_owned()
        } else {
            format!("Kafka does not accept {}", changes.join(", "))
        };
        let (attempt, code) = (attempt.to_owned(), Code::InvalidConfig);
        Err(KafkaError::Refused { attempt, code, reason }.into())
    }
}

fn source(source: &ConfigSource) -> &'static str {
    match source {
        ConfigSource::DynamicTopic => "topic",
        ConfigSource::DynamicBroker | ConfigSource::DynamicDefaultBroker => "dynamic-broker",
        ConfigSource::StaticBroker => "broker",
        ConfigSource::Default => "default",
        ConfigSource::Unknown => "unknown",
    }
}
