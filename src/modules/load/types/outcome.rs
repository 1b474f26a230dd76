//! What a run measured, as scripts see it.

use std::path::Path;
use std::sync::Arc;

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use crate::context::{Context, verdict};
use crate::error::{Failure, Kind};
use crate::load::outcome::{Histogram, Packed, Span, Spans};
use crate::load::{self, manifest::Manifest};
use crate::modules::error::RhaiResultOf;
use crate::modules::type_word::a_type;
use crate::modules::value;

/// What a run measured; clones share it.
pub type Outcome = Arc<load::Outcome>;

/// `outcome` for a script of `context`, which ends with an error where it did not keep to its
/// thresholds.
pub fn judged(context: &Context, outcome: load::Outcome) -> Outcome {
    let failed: Vec<String> = outcome
        .verdicts
        .iter()
        .filter(|verdict| !verdict.passed)
        .map(|verdict| {
            let measured = verdict.measured.as_deref().unwrap_or("nothing measured");
            format!("{} ({measured})", verdict.threshold)
        })
        .collect();
    if !failed.is_empty() {
        let name = &outcome.name;
        let message = format!("`{name}` did not keep to its thresholds: {}", failed.join(", "));
        verdict::breach(context, Failure::new(Kind::Threshold, message));
    }
    Arc::new(outcome)
}

/// The options of `load::merge`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GivenMerge {
    thresholds: Vec<String>,
}

/// One outcome of several: names of manifests, and outcomes.
pub fn merge(context: &Context, given: Array, also: GivenMerge) -> RhaiResultOf<Outcome> {
    let mut outcomes = Vec::new();
    for given in given {
        let found = given.type_name();
        if let Some(outcome) = given.read_lock::<Outcome>() {
            outcomes.push((**outcome).clone());
        } else if let Ok(path) = given.as_immutable_string_ref() {
            outcomes.push(Manifest::read(Path::new(path.as_str()))?.outcome);
        } else {
            let message = format!("cannot merge {}", a_type(found));
            let remedy = "give the names of manifests, or outcomes";
            return Err(Failure::new(Kind::Usage, message).with_remedy(remedy).into());
        }
    }
    let mut merged = load::Outcome::merge(outcomes).ok_or_else(|| {
        Failure::new(Kind::Usage, "cannot merge: nothing is given")
            .with_remedy("give the manifests of one or more runs")
    })?;
    for threshold in also.thresholds {
        merged.thresholds.push(threshold.parse()?);
    }
    merged.settle();
    Ok(judged(context, merged))
}

/// All of it.
pub fn map(outcome: &load::Outcome) -> Map {
    let mut map = counts(outcome);
    let mut tell = |key: &str, value: Dynamic| drop(map.insert(key.into(), value));
    tell("name", outcome.name.as_str().into());
    tell("started", outcome.started.into());
    tell("ended", outcome.ended.into());
    tell("seconds", outcome.seconds().into());
    tell("rate", outcome.rate().map_or(Dynamic::UNIT, Dynamic::from));
    tell("passed", outcome.passed().into());
    tell("thresholds", thresholds(outcome).into());
    tell("latencies", latencies(outcome).into());
    tell("failures", failures(outcome).into());
    tell("series", series(outcome).into());
    tell("offsets", offsets(outcome).into());
    tell("parameters", parameters(&outcome.parameters));
    tell("notes", outcome.notes().into_iter().map(Dynamic::from).collect::<Array>().into());
    let parts = outcome.parts.iter().map(|part| {
        let mut map = Map::new();
        map.insert("name".into(), part.name.as_str().into());
        map.insert("started".into(), part.started.into());
        map.insert("ended".into(), part.ended.into());
        map.insert("parameters".into(), parameters(&part.parameters));
        Dynamic::from(map)
    });
    tell("parts", parts.collect::<Array>().into());
    map
}

/// The counts by name.
pub fn counts(outcome: &load::Outcome) -> Map {
    let count = |name: &&str| {
        let count = outcome.counts.get(name).unwrap_or_default();
        ((*name).into(), (count as i64).into())
    };
    load::outcome::NAMES.iter().map(count).collect()
}

/// The thresholds with their verdicts.
pub fn thresholds(outcome: &load::Outcome) -> Array {
    let one = |verdict: &load::threshold::Verdict| {
        let measured = verdict.measured.clone().map_or(Dynamic::UNIT, Dynamic::from);
        Dynamic::from(Map::from([
            ("threshold".into(), verdict.threshold.to_string().into()),
            ("measured".into(), measured),
            ("passed".into(), verdict.passed.into()),
        ]))
    };
    outcome.verdicts.iter().map(one).collect()
}

/// The durations by the name of their histogram.
pub fn latencies(outcome: &load::Outcome) -> Map {
    let measured = outcome.histograms.iter().filter(|(_, histogram)| !histogram.is_empty());
    measured.map(|(name, histogram)| (name.as_str().into(), durations(histogram).into())).collect()
}

/// Percentiles in seconds; empty where nothing was measured.
pub fn durations(histogram: &Histogram) -> Map {
    if histogram.is_empty() { Map::new() } else { packed(&histogram.pack()) }
}

fn packed(packed: &Packed) -> Map {
    let seconds = |micros: u64| Dynamic::from(micros as f64 / 1e6);
    Map::from([
        ("count".into(), (packed.count as i64).into()),
        ("min".into(), seconds(packed.min)),
        ("mean".into(), (packed.mean / 1e6).into()),
        ("p50".into(), seconds(packed.p50)),
        ("p90".into(), seconds(packed.p90)),
        ("p99".into(), seconds(packed.p99)),
        ("p999".into(), seconds(packed.p999)),
        ("max".into(), seconds(packed.max)),
    ])
}

/// How many records could not be delivered, by the reason.
pub fn failures(outcome: &load::Outcome) -> Map {
    let failures = outcome.failures.iter();
    failures.map(|(why, count)| (why.as_str().into(), (*count as i64).into())).collect()
}

/// What happened in each second.
pub fn series(outcome: &load::Outcome) -> Array {
    let mut series = outcome.series.clone();
    let one = |(second, at): (&i64, &load::outcome::Second)| {
        let count = |number: u64| Dynamic::from(number as i64);
        let latency = if at.end_to_end.count == 0 { Map::new() } else { packed(&at.end_to_end) };
        Dynamic::from(Map::from([
            ("time".into(), second.saturating_mul(1_000).into()),
            ("sent".into(), count(at.sent)),
            ("received".into(), count(at.received)),
            ("bytes_sent".into(), count(at.bytes_sent)),
            ("bytes_received".into(), count(at.bytes_received)),
            ("lag".into(), at.lag.map_or(Dynamic::UNIT, count)),
            ("latency".into(), latency.into()),
        ]))
    };
    series.seconds().iter().map(one).collect()
}

fn offsets(outcome: &load::Outcome) -> Map {
    let span = |(number, span): (&i32, &Span)| {
        let span =
            Map::from([("first".into(), span.first.into()), ("next".into(), span.next.into())]);
        (number.to_string().into(), span.into())
    };
    let topics = |spans: &Spans| {
        let topic = |(topic, partitions): (&String, &std::collections::BTreeMap<i32, Span>)| {
            (topic.as_str().into(), partitions.iter().map(span).collect::<Map>().into())
        };
        spans.iter().map(topic).collect::<Map>()
    };
    Map::from([
        ("sent".into(), topics(&outcome.offsets.sent).into()),
        ("read".into(), topics(&outcome.offsets.read).into()),
    ])
}

fn parameters(given: &std::collections::BTreeMap<String, serde_json::Value>) -> Dynamic {
    let one = |(name, given): (&String, &serde_json::Value)| {
        (name.as_str().into(), value::from_json(given.clone()))
    };
    given.iter().map(one).collect::<Map>().into()
}
