//! The producing side: from the start of its producer to the last acknowledgement.

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::Timestamp;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::acks::Acks;
use super::ledger::Ledger;
use super::pacing::{Line, Pacing};
use super::stamp::Stamp;
use super::{Experiment, Feed, Options, schemas};
use crate::clients::kafka::Sender;
use crate::context::Context;
use crate::formats::clock;
use crate::load::pacer::Pacer;
use crate::load::schedule::Schedule;
use crate::load::{LoadError, Outcome};
use crate::serve::health::Pulse;
use crate::serve::metrics;

/// The producing side of an experiment, ready to start.
pub struct Producing {
    options: Options,
    lines: Vec<Line>,
    schedules: Vec<Schedule>,
    topics: Vec<String>,
    acks: Acks,
    sender: Sender<Acks>,
    pulse: Pulse,
    /// The identity of the producer, which no other run has.
    identity: String,
}

impl Producing {
    /// Connects, and looks up the topics of this process.
    pub fn open(context: &Context, experiment: &Experiment) -> Result<Producing, LoadError> {
        let options = experiment.options.clone();
        let all = experiment.feeds.len();
        let feeds = experiment.feeds.iter().enumerate();
        let feeds: Vec<_> = feeds.filter(|(place, _)| options.slice.has(*place)).collect();
        let schedule = |(place, feed): &(usize, &Feed)| feed.schedule((*place, all), options.seed);
        let schedules = feeds.iter().map(schedule).collect::<Result<_, _>>()?;
        let mut topics: Vec<String> = feeds.iter().map(|(_, feed)| feed.topic.clone()).collect();
        topics.sort_unstable();
        topics.dedup();
        let feeds: Vec<&Feed> = feeds.into_iter().map(|(_, feed)| feed).collect();
        let line = |(feed, schema): (&&Feed, u32)| {
            let topic = topics.binary_search(&feed.topic).unwrap_or_default();
            Line { feed: (*feed).clone(), topic, schema }
        };
        let ids = schemas::ids(context, &feeds)?;
        let lines = feeds.iter().zip(ids).map(line).collect();
        let counter = options.metrics.as_deref().map(|prefix| {
            let joint = if prefix.is_empty() { "" } else { "_" };
            let name = format!("{prefix}{joint}produced_total");
            metrics::counter(context, &name, "Records that Kafka acknowledged")
        });
        let acks = Acks::new(topics.len(), counter.transpose()?);
        let pulse = Pulse::start(context, &options.name)?;
        let names: Vec<&str> = topics.iter().map(String::as_str).collect();
        let sender = Sender::open(context, &options.producer, &names, acks.clone())?;
        let now = Timestamp::now().as_microsecond();
        let identity = format!("{}-{}-{now:x}", options.name, options.slice.id());
        Ok(Producing { options, lines, schedules, topics, acks, sender, pulse, identity })
    }

    /// The identity of the producer.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Sends until the end or `stop`, and awaits what was sent.
    pub fn run(mut self, stop: &CancellationToken) -> Result<Outcome, LoadError> {
        let mut outcome = Outcome::new(&self.options.name, clock::now());
        self.describe(&mut outcome);
        self.pulse.ready(true);
        let ledger = Ledger::start_now();
        let end = self.options.duration;
        let mut pacing = Pacing {
            lines: self.lines,
            pacer: Pacer::start(self.schedules, ledger.start(), end),
            numbers: vec![0; self.topics.len()],
            stamp: Stamp::new(self.identity.clone()),
            sender: &mut self.sender,
            acks: &self.acks,
            deadline: end.and_then(|end| ledger.start().checked_add(end + self.options.drain)),
            ledger,
            max: self.options.max.unwrap_or(u64::MAX),
            stop,
            pulse: &self.pulse,
            value: Vec::new(),
        };
        let paced = pacing.run();
        pacing.ledger.tell(&mut outcome);
        let unanswered = drain(&self.sender, &self.options, &self.pulse);
        paced?;
        self.acks.tell(&mut outcome, &self.topics, &self.identity);
        if unanswered > 0 {
            outcome.counts.failed += unanswered;
            let why = format!("not acknowledged within {:?}", self.options.drain);
            outcome.failures.insert(why, unanswered);
        }
        outcome.ended = clock::now();
        Ok(outcome)
    }

    fn describe(&self, outcome: &mut Outcome) {
        let options = &self.options;
        let mut tell = |name: &str, value| outcome.parameters.insert(name.to_owned(), value);
        let schemas = self.lines.iter().filter(|line| line.schema > 0);
        let schemas: BTreeMap<&str, u32> =
            schemas.map(|line| (line.feed.topic.as_str(), line.schema)).collect();
        if !schemas.is_empty() {
            tell("schemas", json!(schemas));
        }
        tell("seed", json!(options.seed));
        tell("topics", json!(self.topics.len()));
        options.duration.map(|seconds| tell("seconds", json!(seconds.as_secs_f64())));
        options.max.map(|max| tell("max", json!(max)));
    }
}

/// Awaits what was sent; how many records nobody acknowledged in time.
fn drain(sender: &Sender<Acks>, options: &Options, pulse: &Pulse) -> u64 {
    let since = Instant::now();
    while sender.pending() > 0 && since.elapsed() < options.drain {
        sender.push();
        pulse.beat();
    }
    sender.pending()
}
