//! The tables of the page.

use maud::{Markup, html};
use serde_json::Value;

use super::page::moment;
use crate::load::Outcome;
use crate::load::outcome::{Histogram, names, words};

/// Each threshold, those that were not kept first.
pub fn thresholds(outcome: &Outcome) -> Markup {
    let mut verdicts: Vec<_> = outcome.verdicts.iter().collect();
    verdicts.sort_by_key(|verdict| verdict.passed);
    html! {
        @if !verdicts.is_empty() {
            section {
                h2 { "Thresholds" }
                div.wide { table {
                    thead { tr { th { "kept" } th { "threshold" } th { "measured" } } }
                    tbody { @for verdict in verdicts { tr {
                        @if verdict.passed { td.passed { "yes" } } @else { td.failed { "no" } }
                        td { code { (verdict.threshold) } }
                        td { (verdict.measured.as_deref().unwrap_or("nothing measured")) }
                    } } }
                } }
            }
        }
    }
}

/// What was counted, of the sides that the run had.
pub fn counts(outcome: &Outcome) -> Markup {
    let counts = &outcome.counts;
    let read = counts.received > 0 || !outcome.offsets.read.is_empty();
    let mut rows: Vec<(&str, u64, String)> = Vec::new();
    if counts.sent > 0 {
        rows.push(("sent", counts.sent, speed(outcome, counts.sent, counts.bytes_sent)));
        rows.push(("acknowledged", counts.acknowledged, "confirmed by Kafka".to_owned()));
        rows.push(("failed", counts.failed, "could not be delivered".to_owned()));
    }
    if read {
        let speed = speed(outcome, counts.received, counts.bytes_received);
        rows.push(("received", counts.received, speed));
        rows.push(("lost", counts.lost, "sent and not read".to_owned()));
        rows.push(("duplicates", counts.duplicates, "read again".to_owned()));
        rows.push(("reordered", counts.reordered, "read after a later one".to_owned()));
    }
    if counts.unread > 0 {
        rows.push(("unread", counts.unread, "sent behind the last one that was read".to_owned()));
    }
    html! {
        @if !rows.is_empty() {
            section {
                h2 { "Records" }
                div.wide { table { tbody { @for (name, count, beside) in rows { tr {
                    th scope="row" { (name) }
                    td.number { (words::count(count)) }
                    td { (beside) }
                } } } } }
            }
        }
    }
}

fn speed(outcome: &Outcome, records: u64, bytes: u64) -> String {
    let seconds = outcome.seconds().max(1e-3);
    let records = words::short(records as f64 / seconds);
    format!("{records} a second, {} a second", words::bytes((bytes as f64 / seconds) as u64))
}

/// The percentiles of all that was measured in time.
pub fn latencies(outcome: &Outcome) -> Markup {
    let measured = |name| Some((name, outcome.histograms.get(name).filter(|h| !h.is_empty())?));
    let known: Vec<(&str, &Histogram)> =
        names::HISTOGRAMS.into_iter().filter_map(measured).collect();
    let columns = [("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p99.9", 99.9), ("max", 100.0)];
    let at = |histogram: &Histogram, percent: f64| {
        histogram.percentile(percent).map(words::duration).unwrap_or_default()
    };
    html! {
        @if !known.is_empty() {
            section {
                h2 { "Latency" }
                div.wide { table {
                    thead { tr {
                        th {}
                        @for (name, _) in columns { th.number { (name) } }
                        th.number { "records" }
                    } }
                    tbody { @for (name, histogram) in known { tr {
                        th scope="row" { (name) }
                        @for (_, percent) in columns { td.number { (at(histogram, percent)) } }
                        td.number { (words::count(histogram.count())) }
                    } } }
                } }
            }
        }
    }
}

/// Why records could not be delivered.
pub fn failures(outcome: &Outcome) -> Markup {
    html! {
        @if !outcome.failures.is_empty() {
            section {
                h2 { "Why records failed" }
                div.wide { table { tbody { @for (why, count) in &outcome.failures { tr {
                    td.number { (words::count(*count)) }
                    td { (why) }
                } } } } }
            }
        }
    }
}

/// What the run was started with.
pub fn parameters(outcome: &Outcome) -> Markup {
    html! {
        @if !outcome.parameters.is_empty() {
            section {
                h2 { "Parameters" }
                div.wide { table { tbody { @for (name, value) in &outcome.parameters { tr {
                    th scope="row" { (name) }
                    td.text { (text(value)) }
                } } } } }
            }
        }
    }
}

/// Text as it is, the rest as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What the outcome was merged from.
pub fn parts(outcome: &Outcome) -> Markup {
    html! {
        @if !outcome.parts.is_empty() {
            section {
                h2 { "Processes" }
                div.wide { table {
                    thead { tr { th { "name" } th { "began" } th { "ended" } th { "parameters" } } }
                    tbody { @for part in &outcome.parts { tr {
                        th scope="row" { (part.name) }
                        td { (moment(part.started)) }
                        td { (moment(part.ended)) }
                        td.text { @for (name, value) in &part.parameters {
                            (name) ": " (text(value)) br;
                        } }
                    } } }
                } }
            }
        }
    }
}
