//! The metrics that show how a pipeline stands, brought up to date once a second.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use prometheus::{Gauge, GaugeVec};
use rdkafka::Offset;
use rdkafka::consumer::{BaseConsumer, Consumer};

use crate::clients::kafka::known_end;
use crate::context::Context;
use crate::error::Failure;
use crate::serve::health::Pulse;
use crate::serve::metrics;
use crate::stream::engine::ledger::desk::Desk;
use crate::stream::engine::reader::member::Member;

/// How often they are brought up to date.
const EVERY: Duration = Duration::from_secs(1);

/// The metrics of one pipeline. What belongs to partitions goes with them.
pub struct Gauges {
    group: String,
    lag: GaugeVec,
    in_flight: Gauge,
    paused: Gauge,
    beats: Vec<(Arc<Pulse>, Gauge)>,
    shown: HashSet<(String, String)>,
    updated: Option<Instant>,
}

impl Gauges {
    /// Finds or registers the metrics called `prefix` and something, for the `task` of `group` with
    /// the workers that `pulses` belong to.
    pub fn start(
        context: &Context,
        prefix: &str,
        (group, task): (&str, usize),
        pulses: &[Arc<Pulse>],
    ) -> Result<Gauges, Failure> {
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            metrics::gauges(context, &format!("{prefix}_{name}"), help, labels)
        };
        let task = task.to_string();
        let own = [group, task.as_str()];
        let lag = gauges(
            "consumer_lag_records",
            "Records of the partition that are not dealt with",
            &["group", "topic", "partition"],
        )?;
        let in_flight = gauges(
            "in_flight_bytes",
            "Bytes that are queued, worked on or not acknowledged",
            &["group", "task"],
        )?;
        let paused = gauges(
            "paused_partitions",
            "Partitions that are not read for now",
            &["group", "task"],
        )?;
        let beat = gauges(
            "worker_heartbeat_timestamp_seconds",
            "When the worker was last idle or started on a record",
            &["group", "task", "worker"],
        )?;
        let beats = pulses.iter().enumerate().map(|(worker, pulse)| {
            let worker = worker.to_string();
            (pulse.clone(), beat.with_label_values(&[group, task.as_str(), worker.as_str()]))
        });
        Ok(Gauges {
            group: group.to_owned(),
            lag,
            in_flight: in_flight.with_label_values(&own),
            paused: paused.with_label_values(&own),
            beats: beats.collect(),
            shown: HashSet::new(),
            updated: None,
        })
    }

    /// Brings them up to date where it is time to.
    pub fn turn(&mut self, consumer: &BaseConsumer<Member>, desk: &Desk, paused: usize) {
        if self.updated.is_some_and(|updated| updated.elapsed() < EVERY) {
            return;
        }
        self.updated = Some(Instant::now());
        self.in_flight.set(desk.lock().bytes.max(0) as f64);
        self.paused.set(paused as f64);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        for (pulse, beat) in &self.beats {
            beat.set(now.saturating_sub(pulse.quiet()).as_secs_f64());
        }
        self.lags(consumer, desk);
    }

    fn lags(&mut self, consumer: &BaseConsumer<Member>, desk: &Desk) {
        let Ok(positions) = consumer.position() else { return };
        let mut shown = HashSet::new();
        for element in positions.elements() {
            let (topic, partition) = (element.topic(), element.partition());
            let read = match element.offset() {
                Offset::Offset(next) => Some(next),
                _ => None,
            };
            let next = desk.lock().next_open(topic, partition).or(read);
            let end = known_end(consumer.client(), topic, partition);
            let Some((next, end)) = next.zip(end) else { continue };
            let number = partition.to_string();
            let gauge = self.lag.with_label_values(&[self.group.as_str(), topic, number.as_str()]);
            gauge.set(end.saturating_sub(next).max(0) as f64);
            shown.insert((topic.to_owned(), number));
        }
        let gone = std::mem::replace(&mut self.shown, shown);
        self.hide(gone.difference(&self.shown));
    }

    fn hide<'a>(&self, places: impl Iterator<Item = &'a (String, String)>) {
        for (topic, partition) in places {
            let labels = [self.group.as_str(), topic.as_str(), partition.as_str()];
            // Another member in this process may have taken it away already.
            let _ = self.lag.remove_label_values(&labels);
        }
    }
}

impl Drop for Gauges {
    fn drop(&mut self) {
        self.hide(self.shown.iter());
        self.in_flight.set(0.0);
        self.paused.set(0.0);
    }
}
