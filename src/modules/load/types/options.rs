//! The options of an experiment and of what it sends.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use rhai::{Array, Dynamic};
use serde::Deserialize;

use crate::clients::kafka::ProducerOptions;
use crate::error::{Failure, Kind};
use crate::load::experiment::{Intake, Options, Slice};
use crate::modules::options::{Seconds, Text};
use crate::modules::type_word::a_type;

/// Where Kubernetes tells a pod of an indexed Job which one it is.
const JOB_INDEX: &str = "JOB_COMPLETION_INDEX";
/// The longest time for the end: who waits longer has forgotten it.
const LONGEST_DRAIN: Duration = Duration::from_secs(3600);

/// The options of `load::experiment`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    name: Option<String>,
    seconds: Option<Seconds>,
    max: Option<u64>,
    seed: Option<i64>,
    producer_id: Option<usize>,
    producer_count: Option<usize>,
    drain: Option<Seconds>,
    acks: Option<Text>,
    compression: Option<String>,
    linger: Option<Seconds>,
    config: BTreeMap<String, Text>,
}

impl Given {
    /// The options as experiments take them.
    pub fn options(self) -> Result<Options, Failure> {
        let default = Options::default();
        let drain = self.drain.map_or(default.drain, Into::into);
        if drain > LONGEST_DRAIN {
            return Err(wrong(format!("`drain` is 0 to {} seconds", LONGEST_DRAIN.as_secs())));
        }
        let count = self.producer_count.unwrap_or(1);
        let id = match self.producer_id {
            Some(id) => id,
            None if count > 1 => job_index()?.unwrap_or_default(),
            None => 0,
        };
        let config = self.config.into_iter().map(|(name, text)| (name, text.0));
        Ok(Options {
            name: self.name.unwrap_or(default.name),
            duration: self.seconds.map(Into::into),
            max: self.max,
            seed: self.seed.map_or(default.seed, |seed| seed as u64),
            slice: Slice::new(id, count)?,
            drain,
            metrics: None,
            producer: ProducerOptions {
                acks: self.acks.map(|text| text.0),
                compression: self.compression,
                linger: self.linger.map(Into::into),
                config: config.collect(),
                ..ProducerOptions::default()
            },
        })
    }
}

/// Which pod of a Job this is, if it is one.
fn job_index() -> Result<Option<usize>, Failure> {
    let Ok(text) = env::var(JOB_INDEX) else { return Ok(None) };
    let number = text.parse();
    number.map(Some).map_err(|_| wrong(format!("${JOB_INDEX} is no number: {text:?}")))
}

fn wrong(why: String) -> Failure {
    Failure::new(Kind::Usage, format!("cannot read the options of load::experiment: {why}"))
}

/// The options of `consume`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GivenIntake {
    from: From,
    group: Option<String>,
    client: Option<String>,
    seconds: Option<Seconds>,
    max: Option<u64>,
    grace: Option<Seconds>,
    time_field: Option<String>,
    config: BTreeMap<String, Text>,
}

/// The topics in `given`: a name, or an array of names.
pub fn topics(given: Dynamic) -> Result<Vec<String>, Failure> {
    let all = match given.try_cast_result::<Array>() {
        Ok(all) => all,
        Err(one) => vec![one],
    };
    let one = |topic: Dynamic| {
        topic.into_string().map_err(|found| {
            let message = format!("cannot consume a topic that is {}", a_type(found));
            Failure::new(Kind::Usage, message)
        })
    };
    all.into_iter().map(one).collect()
}

/// Where reading starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    #[default]
    Latest,
    Earliest,
}

impl GivenIntake {
    /// A reader of `topics` with these options.
    pub fn intake(self, topics: Vec<String>) -> Result<Intake, Failure> {
        if topics.is_empty() {
            let failure = Failure::new(Kind::Usage, "cannot consume: no topic is given");
            return Err(failure.with_remedy("name one or more topics"));
        }
        let default = Intake::default();
        let config = self.config.into_iter().map(|(name, text)| (name, text.0));
        Ok(Intake {
            topics,
            earliest: self.from == From::Earliest,
            group: self.group,
            client: self.client,
            duration: self.seconds.map(Into::into),
            max: self.max,
            grace: self.grace.map_or(default.grace, Into::into),
            time_field: self.time_field,
            config: config.collect(),
        })
    }
}

/// The options of `produce`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GivenFeed {
    /// The key of all records: text or a blob.
    pub key: Dynamic,
    /// The subject of the schema.
    pub subject: Option<String>,
}
