//! Options of a consumer, and the consumer as an iterator.

use std::collections::BTreeMap;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::{self, ConsumerOptions, Record, Start, Until};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::{Seconds, Text};

/// A consumer that knows its run, so that a `for` loop can iterate over it.
#[derive(Clone)]
pub struct Consumer {
    handle: kafka::Consumer,
    context: Context,
    /// Whether the loop that goes over it met an error.
    failed: bool,
}

impl Consumer {
    /// A consumer of `topics` in the run of `context`.
    pub fn new(
        context: Context,
        topics: &[String],
        options: ConsumerOptions,
    ) -> Result<Consumer, Failure> {
        let handle = kafka::Consumer::new(&context, topics, options)?;
        Ok(Consumer { handle, context, failed: false })
    }

    /// The next record.
    pub fn read(&self) -> Result<Option<Record>, Failure> {
        self.handle.next(&self.context)
    }

    /// Commits what was handed out.
    pub fn commit(&self) -> Result<(), Failure> {
        self.handle.commit(&self.context)
    }
}

impl Iterator for Consumer {
    type Item = RhaiResultOf<Record>;

    /// Ends after an error: a loop with an empty body does not look at what it is handed, and
    /// would ask for ever.
    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.read();
        self.failed = next.is_err();
        next.map_err(Into::into).transpose()
    }
}

/// Options of `kafka::consumer`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ConsumerSettings {
    group: Option<String>,
    client: Option<String>,
    from: Dynamic,
    /// `until` is a reserved word of Rhai: it works quoted only.
    #[serde(alias = "until")]
    to: Dynamic,
    timeout: Option<Seconds>,
    max: Option<u64>,
    config: BTreeMap<String, Text>,
}

impl TryFrom<ConsumerSettings> for ConsumerOptions {
    type Error = Failure;

    fn try_from(given: ConsumerSettings) -> Result<Self, Failure> {
        Ok(ConsumerOptions {
            group: given.group,
            client: given.client,
            from: start(&given.from)?,
            until: until(&given.to)?,
            timeout: given.timeout.map(Into::into),
            max: given.max,
            config: given.config.into_iter().map(|(name, text)| (name, text.0)).collect(),
            ..ConsumerOptions::default()
        })
    }
}

fn start(from: &Dynamic) -> Result<Option<Start>, Failure> {
    if from.is_unit() {
        return Ok(None);
    }
    if let Ok(offset) = from.as_int() {
        return Ok(Some(Start::Offset(offset)));
    }
    if let Some(time) = time(from) {
        return Ok(Some(Start::Time(time)));
    }
    let word = from.as_immutable_string_ref().map_or_else(|_| String::new(), |s| s.to_string());
    match word.as_str() {
        "earliest" => Ok(Some(Start::Earliest)),
        "latest" => Ok(Some(Start::Latest)),
        "committed" => Ok(Some(Start::Committed)),
        _ => Err(usage(format!("cannot start from {from:?}")).with_remedy(
            "give \"earliest\", \"latest\", \"committed\", an offset, -n for the last n records of \
             each partition, or #{ time: MILLISECONDS }",
        )),
    }
}

fn until(until: &Dynamic) -> Result<Option<Until>, Failure> {
    if until.is_unit() {
        return Ok(None);
    }
    if let Some(time) = time(until) {
        return Ok(Some(Until::Time(time)));
    }
    match until.as_immutable_string_ref() {
        Ok(word) if word.as_str() == "end" => Ok(Some(Until::End)),
        _ => Err(usage(format!("cannot read to {until:?}"))
            .with_remedy("give \"end\" or #{ time: MILLISECONDS }")),
    }
}

fn time(value: &Dynamic) -> Option<i64> {
    let map = value.read_lock::<Map>()?;
    (map.len() == 1).then(|| map.get("time")?.as_int().ok()).flatten()
}

/// The names in `topics`: one text, or an array of them.
pub fn topic_names(topics: Dynamic) -> Result<Vec<String>, Failure> {
    let name = |value: &Dynamic| {
        value.as_immutable_string_ref().map(|text| text.to_string()).map_err(|found| {
            usage(format!("cannot consume: a topic is text, one of these is of type {found}"))
        })
    };
    match topics.read_lock::<Array>() {
        Some(names) => names.iter().map(name).collect(),
        None => Ok(vec![name(&topics)?]),
    }
}

fn usage(message: String) -> Failure {
    Failure::new(Kind::Usage, message)
}
