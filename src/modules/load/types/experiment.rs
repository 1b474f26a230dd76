//! The experiment as a script builds it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use rhai::{Blob, Dynamic, NativeCallContext};

use super::outcome::{self, Outcome};
use super::rate::rate;
use super::{Generator, Given, GivenFeed, GivenIntake};
use crate::error::{Failure, Kind};
use crate::load::experiment::{self, Content, Feed, Intake, Options};
use crate::load::threshold::Threshold;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::mock::Mock;
use crate::modules::type_word::a_type;

/// An experiment that is not running: each method gives a new one.
#[derive(Clone)]
pub struct Experiment {
    options: Options,
    /// Shared, so that a script may add thousands of them one by one.
    feeds: Vec<Arc<Feed>>,
    intakes: Vec<Arc<Intake>>,
    thresholds: Vec<Threshold>,
}

impl Experiment {
    /// An experiment that does nothing yet.
    pub fn new(given: Given) -> Result<Experiment, Failure> {
        let options = given.options()?;
        Ok(Experiment { options, feeds: Vec::new(), intakes: Vec::new(), thresholds: Vec::new() })
    }

    /// The same, also sending `what` to `topic`.
    pub fn produce(
        &self,
        topic: &str,
        what: &Dynamic,
        pace: &Dynamic,
        given: GivenFeed,
    ) -> RhaiResultOf<Experiment> {
        let content = if let Some(generator) = what.read_lock::<Generator>() {
            let subject = given.subject.unwrap_or_else(|| format!("{topic}-value"));
            Content::Made(generator.shared(), subject)
        } else if let Some(mock) = what.read_lock::<Mock>() {
            Content::Text(mock.shared())
        } else {
            let value = bytes(what).ok_or_else(|| {
                let found = a_type(what.type_name());
                let message = format!("cannot send {found} to topic `{topic}`");
                Failure::new(Kind::Usage, message).with_remedy(
                    "give a Generator, a Mock, text or a blob (registry::encode makes one)",
                )
            })?;
            Content::Fixed(value)
        };
        let key = match &given.key {
            none if none.is_unit() => None,
            key => Some(bytes(key).ok_or_else(|| {
                let found = a_type(key.type_name());
                Failure::new(Kind::Usage, format!("a key is text or a blob, not {found}"))
            })?),
        };
        let mut experiment = self.clone();
        let feed = Feed { topic: topic.to_owned(), content, rate: rate(pace)?, key };
        experiment.feeds.push(Arc::new(feed));
        Ok(experiment)
    }

    /// The same, also reading `topics`.
    pub fn consume(&self, topics: Vec<String>, given: GivenIntake) -> RhaiResultOf<Experiment> {
        let mut experiment = self.clone();
        experiment.intakes.push(Arc::new(given.intake(topics)?));
        Ok(experiment)
    }

    /// The same, which must also keep to `threshold`.
    pub fn threshold(&self, threshold: &str) -> RhaiResultOf<Experiment> {
        let mut experiment = self.clone();
        experiment.thresholds.push(threshold.parse()?);
        Ok(experiment)
    }

    /// The same with metrics called `prefix` and something.
    pub fn metrics(&self, prefix: &str) -> Experiment {
        let mut experiment = self.clone();
        experiment.options.metrics = Some(prefix.to_owned());
        experiment
    }

    /// Runs it, and tells what it measured.
    ///
    /// A signal ends an experiment in good order: the run goes on after it, with a fresh token.
    pub fn run(&self, call: &NativeCallContext) -> RhaiResultOf<Outcome> {
        let context = call::context(call)?;
        let feeds = self.feeds.iter().map(|feed| Feed::clone(feed)).collect();
        let experiment = experiment::Experiment {
            options: self.options.clone(),
            feeds,
            intakes: self.intakes.iter().map(|intake| Intake::clone(intake)).collect(),
            thresholds: self.thresholds.clone(),
        };
        let outcome = experiment.run(&context)?;
        if context.cancel().is_cancelled() {
            context.renew();
        }
        Ok(outcome::judged(&context, outcome))
    }
}

impl fmt::Display for Experiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self.feeds.iter().map(|feed| feed.topic.as_str());
        let read = self.intakes.iter().flat_map(|intake| intake.topics.iter());
        let mut topics: Vec<&str> = sent.collect();
        for topic in read {
            if !topics.contains(&topic.as_str()) {
                topics.push(topic);
            }
        }
        write!(f, "Experiment({})", topics.join(", "))
    }
}

fn bytes(given: &Dynamic) -> Option<Bytes> {
    if let Ok(text) = given.as_immutable_string_ref() {
        return Some(Bytes::copy_from_slice(text.as_bytes()));
    }
    given.read_lock::<Blob>().map(|blob| Bytes::copy_from_slice(&blob))
}
