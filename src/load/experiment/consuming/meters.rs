//! The consuming side on `/metrics`.

use prometheus::{Counter, Histogram};

use crate::context::Context;
use crate::error::Failure;
use crate::serve::metrics::{self, Summary};

/// Upper bounds in seconds: Prometheus's usual ones, and finer at the start.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Counts records and latencies. Readers of one run share it.
pub struct Meters {
    consumed: Counter,
    latency: Histogram,
    sum: Summary,
}

impl Meters {
    /// The meters whose names begin with `prefix`, which may be empty.
    pub fn new(context: &Context, prefix: &str) -> Result<Meters, Failure> {
        let joint = if prefix.is_empty() { "" } else { "_" };
        let name = |name: &str| format!("{prefix}{joint}{name}");
        let latency = "End-to-end latency of records, in seconds";
        let buckets = Some(BUCKETS.to_vec());
        Ok(Meters {
            consumed: metrics::counter(context, &name("consumed_total"), "Records that were read")?,
            latency: metrics::histogram(
                context,
                &name("consumer_latency_seconds"),
                latency,
                buckets,
            )?,
            sum: metrics::summary(context, &name("consumer_latency_summ_seconds"), latency)?,
        })
    }

    /// Counts a record with its latency in microseconds, where that is known.
    pub fn count(&self, latency: Option<u64>) {
        self.consumed.inc();
        if let Some(latency) = latency {
            let seconds = latency as f64 / 1e6;
            self.latency.observe(seconds);
            self.sum.observe(seconds);
        }
    }
}
