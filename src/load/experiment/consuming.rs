//! The consuming side: from its first position to the last record that was under way.

mod meters;
mod origin;
mod running;
mod value_time;

use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use self::meters::Meters;
use self::origin::Origin;
use self::value_time::ValueTime;
use super::Intake;
use crate::clients::kafka::{Consumer, Record};
use crate::context::Context;
use crate::error::Failure;
use crate::formats::clock;
use crate::load::Outcome;
use crate::load::outcome::{Histogram, names};
use crate::load::sequence::Sequences;
use crate::serve::health::Pulse;

pub use running::Running;

/// The longest wait for a record: a stop is noticed in this time.
const SLICE: Duration = Duration::from_millis(50);
/// So many records may come between two looks at how many are still under way.
const LOOK: u64 = 4096;

/// The consuming side of an experiment, which stands in its partitions and has not read yet.
pub struct Consuming {
    context: Context,
    consumer: Consumer,
    intake: Intake,
    outcome: Outcome,
    end_to_end: Histogram,
    meters: Option<Meters>,
    value_time: Option<ValueTime>,
    /// Tells that it goes on.
    pulse: Pulse,
    /// The identity of the producer of this process, whose clock is the same.
    own: Option<String>,
    /// The second in which the lag was looked at last.
    second: i64,
}

impl Consuming {
    /// Connects, and waits until the reader stands in its partitions: what is sent from now on is
    /// read. `name` is that of the experiment, `metrics` the prefix of its metrics.
    pub fn open(
        context: &Context,
        intake: &Intake,
        (name, metrics): (&str, Option<&str>),
    ) -> Result<Consuming, Failure> {
        let pulse = Pulse::start(context, name)?;
        let meters = metrics.map(|prefix| Meters::new(context, prefix)).transpose()?;
        let consumer = Consumer::new(context, &intake.topics, intake.options())?;
        let mut outcome = Outcome::new(name, clock::now());
        for (topic, partition, offset) in consumer.positions(context)? {
            outcome.offsets.reads_at(&topic, partition, offset);
        }
        pulse.ready(true);
        let field = intake.time_field.clone();
        Ok(Consuming {
            context: context.clone(),
            consumer,
            intake: intake.clone(),
            outcome,
            end_to_end: Histogram::default(),
            meters,
            value_time: field.map(|field| ValueTime::new(context, field)),
            pulse,
            own: None,
            second: 0,
        })
    }

    /// Reads until `stop`, or its own end, or until nothing of what `sent` tells is under way.
    fn run(
        mut self,
        stop: &CancellationToken,
        sent: &Receiver<Sequences>,
    ) -> Result<Outcome, Failure> {
        self.outcome.started = clock::now();
        let since = Instant::now();
        let mut quiet = since;
        let mut closing = None;
        while !stop.is_cancelled() && !self.is_over(since) {
            let record = self.consumer.poll(&self.context, SLICE)?;
            self.pulse.beat();
            match &record {
                Some(record) => {
                    self.take(record);
                    quiet = Instant::now();
                }
                None => self.look_at_lag(clock::now().div_euclid(1_000)),
            }
            if closing.is_none() {
                closing = self.closing(sent.try_recv());
                quiet = closing.as_ref().map_or(quiet, |_| Instant::now());
            }
            let looks = record.is_none() || self.outcome.counts.received.is_multiple_of(LOOK);
            if looks
                && let Some(producers) = &closing
                && self.has_all(producers, quiet)
            {
                break;
            }
        }
        Ok(self.finish())
    }

    fn is_over(&self, since: Instant) -> bool {
        self.intake.max.is_some_and(|max| self.outcome.counts.received >= max)
            || self.intake.duration.is_some_and(|duration| since.elapsed() >= duration)
    }

    /// The producers that are done, once they are.
    fn closing(&mut self, sent: Result<Sequences, TryRecvError>) -> Option<Vec<String>> {
        let sent = sent.ok()?;
        let producers = sent.producers();
        self.outcome.sequences.add(sent);
        Some(producers)
    }

    /// Whether nothing of `producers` is under way, or it has been waited for long enough.
    fn has_all(&mut self, producers: &[String], quiet: Instant) -> bool {
        let sequences = &mut self.outcome.sequences;
        let read = |topic: &str| self.outcome.offsets.read.contains_key(topic);
        let under_way = producers.iter().any(|producer| sequences.under_way(producer, read) > 0);
        let over = !under_way || quiet.elapsed() >= self.intake.grace;
        if over {
            for producer in producers {
                sequences.awaited(producer);
            }
        }
        over
    }

    fn take(&mut self, record: &Record) {
        let now = Timestamp::now().as_microsecond();
        let (second, size) = (now.div_euclid(1_000_000), record.size() as u64);
        let outcome = &mut self.outcome;
        outcome.counts.received += 1;
        outcome.counts.bytes_received += size;
        outcome.offsets.read(record.topic(), record.partition(), record.offset());
        let origin = Origin::of(record);
        if let (Some(producer), Some(number)) = (origin.producer, origin.number) {
            let place = (&**record.topic(), record.partition());
            outcome.sequences.seen(place, producer, number);
        }
        let sent = match (origin.sent, &mut self.value_time) {
            (None, Some(value_time)) => value_time.of(record),
            (sent, _) => sent,
        };
        let clocks = &mut outcome.clocks;
        match sent {
            Some(_) if origin.producer.is_some() && origin.producer == self.own.as_deref() => {
                clocks.one += 1;
            }
            Some(_) => clocks.two += 1,
            None => clocks.kafka += u64::from(record.timestamp().is_some()),
        }
        let sent = sent.or_else(|| record.timestamp().map(|ms| ms.saturating_mul(1_000)));
        let latency = sent.map(|sent| clocks.latency(sent, now));
        outcome.series.received(second, size, latency);
        if let Some(latency) = latency {
            self.end_to_end.record_micros(latency);
        }
        if let Some(meters) = &self.meters {
            meters.count(latency);
        }
        self.look_at_lag(second);
    }

    /// Notes once a second how many records the reader is behind.
    fn look_at_lag(&mut self, second: i64) {
        if second == self.second {
            return;
        }
        self.second = second;
        let read = &self.outcome.offsets.read;
        let behind = |(topic, partition, end): (String, i32, i64)| {
            let at = read.get(&topic)?.get(&partition)?.next;
            u64::try_from(end - at).ok()
        };
        let behind: Vec<u64> = self.consumer.ends().into_iter().filter_map(behind).collect();
        if !behind.is_empty() {
            self.outcome.series.lag(second, behind.iter().sum());
        }
    }

    fn finish(self) -> Outcome {
        let mut outcome = self.outcome;
        outcome.histogram(names::END_TO_END).add(&self.end_to_end);
        outcome.ended = clock::now();
        outcome
    }
}
