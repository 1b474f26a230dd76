//! The metrics of a run by name: made at the first use, found at the next.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use prometheus::core::Collector;
use prometheus::{Counter, CounterVec, Gauge, GaugeVec, Histogram, HistogramOpts, Opts};

pub use super::summary::Summary;
use crate::context::Context;
use crate::error::{Failure, Kind};

#[derive(Clone)]
enum Metric {
    Counter(Counter),
    Counters(CounterVec),
    Gauge(Gauge),
    Gauges(GaugeVec),
    Histogram(Histogram),
    Summary(Summary),
}

#[derive(Default)]
struct Known(Mutex<HashMap<String, Metric>>);

/// The counter called `name`, which only rises; `help` is what `/metrics` says about it.
pub fn counter(context: &Context, name: &str, help: &str) -> Result<Counter, Failure> {
    match find(context, name, || Ok(Metric::Counter(Counter::new(name, help)?)))? {
        Metric::Counter(counter) => Ok(counter),
        _ => Err(another(name, "counter")),
    }
}

/// The counters called `name`, one for each value of `labels`; `help` is what `/metrics` says about
/// them.
pub fn counters(
    context: &Context,
    name: &str,
    help: &str,
    labels: &[&str],
) -> Result<CounterVec, Failure> {
    let make = || Ok(Metric::Counters(CounterVec::new(Opts::new(name, help), labels)?));
    match find(context, name, make)? {
        Metric::Counters(counters) => Ok(counters),
        _ => Err(another(name, "counters")),
    }
}

/// The gauge called `name`, which may rise and fall; `help` is what `/metrics` says about it.
pub fn gauge(context: &Context, name: &str, help: &str) -> Result<Gauge, Failure> {
    match find(context, name, || Ok(Metric::Gauge(Gauge::new(name, help)?)))? {
        Metric::Gauge(gauge) => Ok(gauge),
        _ => Err(another(name, "gauge")),
    }
}

/// The gauges called `name`, one for each set of values of `labels`.
pub fn gauges(
    context: &Context,
    name: &str,
    help: &str,
    labels: &[&str],
) -> Result<GaugeVec, Failure> {
    let make = || Ok(Metric::Gauges(GaugeVec::new(Opts::new(name, help), labels)?));
    match find(context, name, make)? {
        Metric::Gauges(gauges) => Ok(gauges),
        _ => Err(another(name, "gauges")),
    }
}

/// The histogram called `name`; `buckets` are the upper bounds, none for Prometheus's usual ones
/// (5 ms to 10 s).
pub fn histogram(
    context: &Context,
    name: &str,
    help: &str,
    buckets: Option<Vec<f64>>,
) -> Result<Histogram, Failure> {
    let make = || {
        let options = HistogramOpts::new(name, help);
        let options = match buckets {
            Some(buckets) => options.buckets(buckets),
            None => options,
        };
        Ok(Metric::Histogram(Histogram::with_opts(options)?))
    };
    match find(context, name, make)? {
        Metric::Histogram(histogram) => Ok(histogram),
        _ => Err(another(name, "histogram")),
    }
}

/// The summary called `name`, which keeps sum and count; `help` is what `/metrics` says about it.
pub fn summary(context: &Context, name: &str, help: &str) -> Result<Summary, Failure> {
    match find(context, name, || Ok(Metric::Summary(Summary::new(name, help)?)))? {
        Metric::Summary(summary) => Ok(summary),
        _ => Err(another(name, "summary")),
    }
}

fn find(
    context: &Context,
    name: &str,
    make: impl FnOnce() -> prometheus::Result<Metric>,
) -> Result<Metric, Failure> {
    let known = context.resource(|| Ok(Known::default()))?;
    let mut known = known.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(metric) = known.get(name) {
        return Ok(metric.clone());
    }
    let metric = make().and_then(|metric| {
        context.metrics().register(collector(&metric))?;
        Ok(metric)
    });
    let metric = metric.map_err(|error| {
        Failure::new(Kind::Usage, format!("cannot make the metric `{name}`: {error}"))
    })?;
    known.insert(name.to_owned(), metric.clone());
    Ok(metric)
}

fn collector(metric: &Metric) -> Box<dyn Collector> {
    match metric.clone() {
        Metric::Counter(counter) => Box::new(counter),
        Metric::Counters(counters) => Box::new(counters),
        Metric::Gauge(gauge) => Box::new(gauge),
        Metric::Gauges(gauges) => Box::new(gauges),
        Metric::Histogram(histogram) => Box::new(histogram),
        Metric::Summary(summary) => Box::new(summary),
    }
}

fn another(name: &str, wanted: &str) -> Failure {
    let message = format!("cannot make the {wanted} `{name}`: the run has a metric of that name");
    Failure::new(Kind::AlreadyExists, message).with_remedy("choose another name")
}
