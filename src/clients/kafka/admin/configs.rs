//! Configs of topics and brokers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::sys::{
    AlterConfigs, ConfigSource, DescribeConfigs, Entry, Refusal, Resource, Synonym,
};
use crate::clients::kafka::wait::declined;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// How many topics one request asks about: enough to save round trips, few enough for the brokers
/// to work on several at once.
const CHUNK: usize = 200;

/// One config with where its value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigEntry {
    /// `retention.ms`, …
    pub name: String,
    /// The value; none where Kafka keeps it secret, or there is none.
    pub value: Option<String>,
    /// `topic`, `broker`, `dynamic-broker`, `dynamic-default`, `default` or `unknown`.
    pub source: &'static str,
    /// Whether it is the default.
    pub default: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// Whether it is secret.
    pub sensitive: bool,
    /// The places that set it, the one that counts first.
    pub synonyms: Vec<ConfigSynonym>,
}

/// A place that sets a config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSynonym {
    /// What the config is called there: `log.retention.ms` of a broker for `retention.ms`.
    pub name: String,
    /// The value there; none where it is secret.
    pub value: Option<String>,
    /// Which place it is, in the words of [`ConfigEntry::source`].
    pub source: &'static str,
}

/// What a topic sets itself; none stands for a value that is secret.
pub type Overrides = BTreeMap<String, Option<String>>;

/// What changes: configs to set with their values, and those to take back to their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigChanges {
    /// Configs with their new values.
    pub set: BTreeMap<String, String>,
    /// Configs that go back to their defaults.
    pub unset: BTreeSet<String>,
    /// Whether to check only that Kafka would accept them.
    pub dry_run: bool,
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
        let asked = Resource::Topic(name.to_owned());
        self.read_config(context, asked, (&attempt, timeout))
            .map_err(|error| self.suggest(context, error, name, (&attempt, timeout)))
    }

    /// The configs of the broker `id`, by name.
    pub fn broker_config(
        &self,
        context: &Context,
        id: i32,
        timeout: Duration,
    ) -> Result<Vec<ConfigEntry>, Failure> {
        let attempt = format!("read the config of broker {id}");
        self.known_broker(context, id, (&attempt, timeout))?;
        Ok(self.read_config(context, Resource::Broker(id), (&attempt, timeout))?)
    }

    /// What is set for all brokers at once while they run, by name.
    pub fn default_broker_config(
        &self,
        context: &Context,
        timeout: Duration,
    ) -> Result<Vec<ConfigSynonym>, Failure> {
        let attempt = "read the config of all brokers";
        // Each broker tells of it; librdkafka cannot ask for it alone, since that has no name.
        let brokers = self.cluster_for(context, (attempt, timeout))?.brokers;
        let Some(any) = brokers.first() else { return Ok(Vec::new()) };
        let config = self.read_config(context, Resource::Broker(any.id), (attempt, timeout))?;
        let set = |entry: ConfigEntry| {
            entry.synonyms.into_iter().find(|synonym| synonym.source == "dynamic-default")
        };
        Ok(config.into_iter().filter_map(set).collect())
    }

    /// What each of the topics `names` sets itself; topics that are gone are left out.
    pub fn topic_overrides(
        &self,
        context: &Context,
        names: &[String],
        timeout: Duration,
    ) -> Result<BTreeMap<String, Overrides>, Failure> {
        let attempt = match names {
            [name] => format!("read the config of topic `{name}`"),
            several => format!("read the configs of {} topics", several.len()),
        };
        let requests: Vec<_> = names
            .chunks(CHUNK)
            .map(|names| DescribeConfigs {
                resources: names.iter().cloned().map(Resource::Topic).collect(),
                sources: vec![ConfigSource::RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG],
            })
            .collect();
        let mut found = BTreeMap::new();
        for answer in self.probe()?.request(context, (&attempt, timeout), &requests)? {
            for (resource, entries) in answer? {
                let Resource::Topic(name) = resource else { continue };
                let entries = match entries {
                    Ok(entries) => entries.into_iter().map(|entry| (entry.name, entry.value)),
                    Err(refusal) if refusal.code == Code::UnknownTopicOrPartition => continue,
                    Err(refusal) => return Err(declined(&attempt, refusal).into()),
                };
                found.insert(name, entries.collect());
            }
        }
        Ok(found)
    }

    /// Sets and unsets configs of the topic `name`; its other overrides stay.
    pub fn set_topic_config(
        &self,
        context: &Context,
        name: &str,
        changes: &ConfigChanges,
        timeout: Duration,
    ) -> Result<(), Failure> {
        if !changes.dry_run {
            authorize(context, &Action::AlterTopic(name.to_owned()))?;
        }
        let attempt = format!("change the config of topic `{name}`");
        let resource = Resource::Topic(name.to_owned());
        self.change_config(context, resource, changes, (&attempt, timeout))
            .map_err(|error| self.suggest(context, error, name, (&attempt, timeout)))
    }

    /// Sets and unsets configs of the broker `id` while it runs; its other ones stay.
    pub fn set_broker_config(
        &self,
        context: &Context,
        id: i32,
        changes: &ConfigChanges,
        timeout: Duration,
    ) -> Result<(), Failure> {
        if !changes.dry_run {
            authorize(context, &Action::AlterBroker(id))?;
        }
        let attempt = format!("change the config of broker {id}");
        self.known_broker(context, id, (&attempt, timeout))?;
        Ok(self.change_config(context, Resource::Broker(id), changes, (&attempt, timeout))?)
    }

    fn read_config(
        &self,
        context: &Context,
        asked: Resource,
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<ConfigEntry>, KafkaError> {
        let request = DescribeConfigs { resources: vec![asked], sources: Vec::new() };
        let answer = self.probe()?.request_one(context, (attempt, timeout), request)?;
        let mut entries = Vec::new();
        for (_, found) in answer {
            let found = found.map_err(|refusal| declined(attempt, refusal))?;
            entries.extend(found.into_iter().map(ConfigEntry::from));
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn change_config(
        &self,
        context: &Context,
        resource: Resource,
        changes: &ConfigChanges,
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), KafkaError> {
        let set = changes.set.iter().map(|(name, value)| (name.clone(), Some(value.clone())));
        let unset = changes.unset.iter().map(|name| (name.clone(), None));
        let request = AlterConfigs {
            changes: vec![(resource, set.chain(unset).collect())],
            validate_only: changes.dry_run,
        };
        let answer = self.probe()?.request_one(context, (attempt, timeout), request)?;
        match answer.into_iter().find_map(|(_, result)| result.err()) {
            // Kafka calls a value of a broker's config that it cannot read an invalid request.
            Some(Refusal { code: Code::InvalidRequest, text }) => {
                Err(declined(attempt, Refusal { code: Code::InvalidConfig, text }))
            }
            Some(refusal) => Err(declined(attempt, refusal)),
            None => Ok(()),
        }
    }

    /// Fails where there is no broker `id`: librdkafka would wait for it until the time is over.
    fn known_broker(
        &self,
        context: &Context,
        id: i32,
        (attempt, timeout): (&str, Duration),
    ) -> Result<(), Failure> {
        let brokers = self.cluster_for(context, (attempt, timeout))?.brokers;
        if brokers.iter().any(|broker| broker.id == id) {
            return Ok(());
        }
        let known = brokers.iter().map(|broker| broker.id).collect();
        Err(KafkaError::UnknownBroker { attempt: attempt.to_owned(), id, known }.into())
    }
}

impl From<Entry> for ConfigEntry {
    fn from(entry: Entry) -> ConfigEntry {
        let source = source(entry.source);
        ConfigEntry {
            default: source == "default",
            name: entry.name,
            value: entry.value,
            source,
            read_only: entry.read_only,
            sensitive: entry.sensitive,
            synonyms: entry.synonyms.into_iter().map(ConfigSynonym::from).collect(),
        }
    }
}

impl From<Synonym> for ConfigSynonym {
    fn from(synonym: Synonym) -> ConfigSynonym {
        let source = source(synonym.source);
        ConfigSynonym { name: synonym.name, value: synonym.value, source }
    }
}

fn source(source: ConfigSource) -> &'static str {
    match source {
        ConfigSource::RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG => "topic",
        ConfigSource::RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG => "dynamic-broker",
        ConfigSource::RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG => "dynamic-default",
        ConfigSource::RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG => "broker",
        ConfigSource::RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG => "default",
        _ => "unknown",
    }
}
