//! The Prometheus metrics of a pipeline.

use std::time::{Duration, Instant};

use crate::context::Context;
use crate::error::Failure;
use crate::serve::metrics::{self, Summary};

/// The metrics under one prefix; pipelines with the same prefix share them.
#[derive(Clone)]
pub struct Meter {
    pub produced: prometheus::Counter,
    pub dead_letters: prometheus::Counter,
    skipped: prometheus::Counter,
    total: Summary,
    transform: Summary,
}

impl Meter {
    /// Finds or registers the metrics called `prefix` and something.
    pub fn start(context: &Context, prefix: &str) -> Result<Meter, Failure> {
        let counter =
            |name: &str, help: &str| metrics::counter(context, &format!("{prefix}_{name}"), help);
        let summary =
            |name: &str, help: &str| metrics::summary(context, &format!("{prefix}_{name}"), help);
        Ok(Meter {
            produced: counter("produced_total", "Records that Kafka acknowledged")?,
            dead_letters: counter("dead_letters_total", "Records that could not be processed")?,
            skipped: counter("skipped_total", "Records from which nothing was made")?,
            total: summary("total_seconds", "Time from reading a record to its acknowledgement")?,
            transform: summary("transform_seconds", "Time that the stages took for a record")?,
        })
    }

    /// A record was acknowledged whose input was read at `since`.
    pub fn delivered(&self, since: Option<Instant>) {
        self.produced.inc();
        if let Some(since) = since {
            self.total.observe(since.elapsed().as_secs_f64());
        }
    }

    /// The stages took `time` for so many `records`; of `skipped` ones they made nothing.
    pub fn passed(&self, time: Duration, records: u64, skipped: usize) {
        self.transform.add(time.as_secs_f64(), records);
        self.skipped.inc_by(skipped as f64);
    }
}
