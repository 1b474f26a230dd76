//! Reading and changing configs.

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::options::Options;
use super::owned::{Owned, array};
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};

pub use rdkafka::bindings::rd_kafka_ConfigSource_t as ConfigSource;

/// What has configs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// A topic, by name.
    Topic(String),
    /// A broker, by id. A request takes one broker only, since it goes to that broker.
    Broker(i32),
}

/// A config as a broker tells it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `retention.ms`, …
    pub name: String,
    /// The value; none where it is secret, or there is none.
    pub value: Option<String>,
    /// Who set the value.
    pub source: ConfigSource,
    /// Whether it cannot be changed while the broker runs.
    pub read_only: bool,
    /// Whether it is secret.
    pub sensitive: bool,
    /// The places that could set the value, by precedence, each with its name there, value and
    /// source.
    pub synonyms: Vec<Synonym>,
}

/// A place that sets, or could set, a value.
#[derive(Debug, Clone)]
pub struct Synonym {
    /// The name of the config there.
    pub name: String,
    /// The value there.
    pub value: Option<String>,
    /// Which place it is.
    pub source: ConfigSource,
}

/// Asks for configs. The answer has those of each resource, in the order of the question.
pub struct DescribeConfigs {
    /// Of what.
    pub resources: Vec<Resource>,
    /// Only these sources; all where it is empty.
    pub sources: Vec<ConfigSource>,
}

impl Request for DescribeConfigs {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS;
    const LACK: &'static str = "request to read configs";
    type Answer = Vec<(Resource, Result<Vec<Entry>, Refusal>)>;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut resources = self.resources.iter().map(resource).collect::<Result<Vec<_>, _>>()?;
        let (first, count) = (array(&mut resources), resources.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DescribeConfigs(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_DescribeConfigs_result)?;
        let resources = result.list(rd_kafka_DescribeConfigs_result_resources);
        let one = |native: Lent<rd_kafka_ConfigResource_t>| {
            let entries = native.list(rd_kafka_ConfigResource_configs);
            let asked = |entry: &Lent<rd_kafka_ConfigEntry_t>| {
                self.sources.is_empty()
                    || self.sources.contains(&entry.value(rd_kafka_ConfigEntry_source))
            };
            let entries = || entries.into_iter().filter(asked).map(entry).collect();
            named(native).map(|name| (name, refusal(native).map_or_else(|| Ok(entries()), Err)))
        };
        Ok(resources.into_iter().filter_map(one).collect())
    }
}

/// A config with its new value, or none to take it back to its default.
pub type Change = (String, Option<String>);

/// Changes configs; what is not named stays. The answer tells of each resource.
pub struct AlterConfigs {
    /// What changes, by what has the configs.
    pub changes: Vec<(Resource, Vec<Change>)>,
    /// Whether to check only that it could be done.
    pub validate_only: bool,
}

impl Request for AlterConfigs {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_INCREMENTALALTERCONFIGS;
    const LACK: &'static str = "request to change configs one by one";
    type Answer = Vec<(Resource, Result<(), Refusal>)>;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.validate_only(self.validate_only)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut resources = Vec::new();
        for (of, changes) in &self.changes {
            let native = resource(of)?;
            for (name, value) in changes {
                change(&native, name, value.as_deref())?;
            }
            resources.push(native);
        }
        let (first, count) = (array(&mut resources), resources.len());
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_IncrementalAlterConfigs(client, first, count, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Self::Answer, Refusal> {
        let result = event.result(rd_kafka_event_IncrementalAlterConfigs_result)?;
        let resources = result.list(rd_kafka_IncrementalAlterConfigs_result_resources);
        let one = |native: Lent<rd_kafka_ConfigResource_t>| {
            named(native).map(|name| (name, refusal(native).map_or(Ok(()), Err)))
        };
        Ok(resources.into_iter().filter_map(one).collect())
    }
}

fn resource(resource: &Resource) -> Result<Owned<rd_kafka_ConfigResource_t>, Refusal> {
    use rd_kafka_ResourceType_t::{RD_KAFKA_RESOURCE_BROKER, RD_KAFKA_RESOURCE_TOPIC};
    let (kind, name) = match resource {
        Resource::Topic(name) => (RD_KAFKA_RESOURCE_TOPIC, name.clone()),
        Resource::Broker(id) => (RD_KAFKA_RESOURCE_BROKER, id.to_string()),
    };
    let name = c_text(&name)?;
    // SAFETY: the name is live and gets copied; the object is new and ours.
    let made = unsafe { Owned::take(rd_kafka_ConfigResource_new(kind, name.as_ptr())) };
    made.ok_or_else(|| Refusal::argument("what has the configs must have a name"))
}

fn change(
    resource: &Owned<rd_kafka_ConfigResource_t>,
    name: &str,
    value: Option<&str>,
) -> Result<(), Refusal> {
    use rd_kafka_AlterConfigOpType_t as Op;
    let (name, text) = (c_text(name)?, value.map(c_text).transpose()?);
    let (op, text) = match &text {
        Some(text) => (Op::RD_KAFKA_ALTER_CONFIG_OP_TYPE_SET, text.as_ptr()),
        None => (Op::RD_KAFKA_ALTER_CONFIG_OP_TYPE_DELETE, std::ptr::null()),
    };
    // SAFETY: all arguments are live, and the texts get copied; the error is ours.
    unsafe {
        Refusal::check(rd_kafka_ConfigResource_add_incremental_config(
            resource.as_ptr(),
            name.as_ptr(),
            op,
            text,
        ))
    }
}

fn named(native: Lent<rd_kafka_ConfigResource_t>) -> Option<Resource> {
    let name = native.text(rd_kafka_ConfigResource_name)?;
    match native.value(rd_kafka_ConfigResource_type) {
        rd_kafka_ResourceType_t::RD_KAFKA_RESOURCE_TOPIC => Some(Resource::Topic(name)),
        rd_kafka_ResourceType_t::RD_KAFKA_RESOURCE_BROKER => {
            name.parse().ok().map(Resource::Broker)
        }
        _ => None,
    }
}

fn refusal(native: Lent<rd_kafka_ConfigResource_t>) -> Option<Refusal> {
    let code = native.value(rd_kafka_ConfigResource_error);
    // SAFETY: the resource is live, and the text belongs to it.
    unsafe { Refusal::of(code, rd_kafka_ConfigResource_error_string(native.as_ptr())) }
}

fn entry(native: Lent<rd_kafka_ConfigEntry_t>) -> Entry {
    let synonym = |synonym: Lent<rd_kafka_ConfigEntry_t>| Synonym {
        name: synonym.text(rd_kafka_ConfigEntry_name).unwrap_or_default(),
        value: synonym.text(rd_kafka_ConfigEntry_value),
        source: synonym.value(rd_kafka_ConfigEntry_source),
    };
    let synonyms = native.list(rd_kafka_ConfigEntry_synonyms);
    Entry {
        name: native.text(rd_kafka_ConfigEntry_name).unwrap_or_default(),
        value: native.text(rd_kafka_ConfigEntry_value),
        source: native.value(rd_kafka_ConfigEntry_source),
        read_only: native.value(rd_kafka_ConfigEntry_is_read_only) == 1,
        sensitive: native.value(rd_kafka_ConfigEntry_is_sensitive) == 1,
        synonyms: synonyms.into_iter().map(synonym).collect(),
    }
}
