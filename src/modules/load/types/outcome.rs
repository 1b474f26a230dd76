//! What an experiment measured, as scripts see it.

use rhai::{Dynamic, Map};

use crate::load::Outcome;
use crate::load::outcome::{Histogram, names};

/// The counts, the durations in milliseconds, and why records failed.
pub fn map(outcome: &Outcome) -> Map {
    let mut map = Map::new();
    for name in ["sent", "acknowledged", "failed"] {
        let count = outcome.counts.get(name).unwrap_or_default();
        map.insert(name.into(), (count as i64).into());
    }
    map.insert("seconds".into(), outcome.seconds().into());
    map.insert("rate".into(), outcome.rate().map_or(Dynamic::UNIT, Dynamic::from));
    for (key, name) in [("latency", names::ACKNOWLEDGED), ("schedule_error", names::SCHEDULE_ERROR)]
    {
        let durations = outcome.histograms.get(name).map(durations).unwrap_or_default();
        map.insert(key.into(), durations.into());
    }
    let failures = outcome.failures.iter();
    let failures = failures.map(|(why, count)| (why.as_str().into(), (*count as i64).into()));
    map.insert("failures".into(), failures.collect::<Map>().into());
    map
}

fn durations(histogram: &Histogram) -> Map {
    let millis = |micros: Option<u64>| match micros {
        Some(micros) => Dynamic::from(micros as f64 / 1e3),
        None => Dynamic::UNIT,
    };
    let mut map = Map::new();
    for (name, percent) in [("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p999", 99.9)] {
        map.insert(name.into(), millis(histogram.percentile(percent)));
    }
    map.insert("max".into(), millis(histogram.max()));
    map
}
