//! A Prometheus summary of sum and count: what the `prometheus` crate leaves out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use prometheus::core::{Collector, Desc};
use prometheus::proto;

/// Adds up observations. Clones share the sums.
#[derive(Debug, Clone)]
pub struct Summary(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    desc: Desc,
    sums: Mutex<(f64, u64)>,
}

impl Summary {
    /// A summary called `name`; `help` is what `/metrics` says about it.
    pub fn new(name: &str, help: &str) -> prometheus::Result<Summary> {
        let desc = Desc::new(name.into(), help.into(), Vec::new(), HashMap::new())?;
        Ok(Summary(Arc::new(Inner { desc, sums: Mutex::new((0.0, 0)) })))
    }

    /// Adds one observation.
    pub fn observe(&self, value: f64) {
        self.add(value, 1);
    }

    /// Adds `count` observations whose sum is `sum`.
    pub fn add(&self, sum: f64, count: u64) {
        let mut sums = self.0.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.0 += sum;
        sums.1 += count;
    }

    /// The sum of all observations.
    pub fn sum(&self) -> f64 {
        self.0.sums.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// How many observations there were.
    pub fn count(&self) -> u64 {
        self.0.sums.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

impl Collector for Summary {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.0.desc]
    }

    fn collect(&self) -> Vec<proto::MetricFamily> {
        let mut summary = proto::Summary::default();
        summary.set_sample_sum(self.sum());
        summary.set_sample_count(self.count());
        let mut metric = proto::Metric::default();
        metric.set_summary(summary);
        let mut family = proto::MetricFamily::default();
        family.set_name(self.0.desc.fq_name.clone());
        family.set_help(self.0.desc.help.clone());
        family.set_field_type(proto::MetricType::SUMMARY);
        family.set_metric(vec![metric]);
        vec![family]
    }
}
