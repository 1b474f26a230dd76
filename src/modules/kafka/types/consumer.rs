//! Options of a consumer, and the consumer as an iterator.

use std::collections::BTreeMap;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::{self, ConsumerOptions, Record, Start, Until};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::bound::Bound;
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

    /// The next record; calls `idle` now and then while it waits for it.
    pub fn read_or(&self, idle: impl FnMut()) -> Result<Option<Record>, Failure> {
        self.handle.next_or(&self.context, idle)
    }

    /// Whether it reads as the member of a group.
    pub fn is_member(&self) -> bool {
        self.handle.is_member()
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
    partitions: Vec<i32>,
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
            partitions: given.partitions,
            timeout: given.timeout.map(Into::into),
            max: given.max,
            config: given.config.into_iter().map(|(name, text)| (name, text.0)).collect(),
            ..ConsumerOptions::default()
        })
    }
}

fn start(from: &Dynamic) -> Result<Option<Start>, Failure> {
    if from.as_immutable_string_ref().is_ok_and(|word| *word == "committed") {
        return Ok(Some(Start::Committed));
    }
    let remedy = "give \"earliest\", \"latest\", \"committed\", an offset, -n for the last n \
        records of each partition, a time as \"2026-01-31T20:15:00Z\" or #{ time: MILLISECONDS }, or \
        a duration back from now as \"-10m\"";
    let wrong = || usage(format!("cannot start from {from:?}")).with_remedy(remedy);
    let Some(bound) = bound(from, wrong)? else { return Ok(None) };
    Ok(Some(match bound {
        Bound::Earliest => Start::Earliest,
        Bound::End => Start::Latest,
        Bound::Offset(offset) => Start::Offset(offset),
        Bound::Last(count) => Start::Offset(-count),
        Bound::Time(time) => Start::Time(time),
    }))
}

fn until(until: &Dynamic) -> Result<Option<Until>, Failure> {
    let remedy = "give \"end\", an offset, a time as \"2026-01-31T20:15:00Z\" or \
        #{ time: MILLISECONDS }, or a duration back from now as \"-10m\"";
    let wrong = || usage(format!("cannot read to {until:?}")).with_remedy(remedy);
    Ok(match bound(until, wrong)? {
        None => None,
        Some(Bound::End) => Some(Until::End),
        Some(Bound::Offset(offset)) => Some(Until::Offset(offset)),
        Some(Bound::Last(count)) => Some(Until::Offset(-count)),
        Some(Bound::Time(time)) => Some(Until::Time(time)),
        Some(Bound::Earliest) => return Err(wrong()),
    })
}

/// The place that a script gave as a number, a text or `#{ time: MILLISECONDS }`; none for `()`.
fn bound(given: &Dynamic, wrong: impl Fn() -> Failure) -> Result<Option<Bound>, Failure> {
    if given.is_unit() {
        return Ok(None);
    }
    if let Ok(offset) = given.as_int() {
        let bound = if offset < 0 { Bound::Last(-offset) } else { Bound::Offset(offset) };
        return Ok(Some(bound));
    }
    if let Some(map) = given.read_lock::<Map>() {
        let time = map.get("time").filter(|_| map.len() == 1).and_then(|time| time.as_int().ok());
        return time.map(|time| Some(Bound::Time(time))).ok_or_else(wrong);
    }
    let text = given.as_immutable_string_ref().map_err(|_| wrong())?;
    text.parse().map(Some).map_err(|_| wrong())
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
