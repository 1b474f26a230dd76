//! The outcome on one screen: the verdict, then counts, then latencies.

use std::fmt::{self, Write as _};

use super::{Histogram, Outcome, names, words};

/// The most thresholds and notes that are shown, so that all fits 24 lines.
const SHOWN: usize = 4;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&headline(self))?;
        thresholds(self, f)?;
        f.write_str("\n")?;
        counts(self, f)?;
        latencies(self, f)?;
        for note in self.notes().iter().take(SHOWN) {
            write!(f, "\nnote: {note}")?;
        }
        Ok(())
    }
}

/// The verdict, where there is one, and what ran how long.
fn headline(outcome: &Outcome) -> String {
    let verdict = match (outcome.verdicts.is_empty(), outcome.passed()) {
        (true, _) => "",
        (false, true) => "PASSED  ",
        (false, false) => "FAILED  ",
    };
    let seconds = words::duration((outcome.seconds() * 1e6) as u64);
    let parts = match outcome.parts.len() {
        0 => String::new(),
        count => format!(" in {count} processes"),
    };
    format!("{verdict}{}, {seconds}{parts}", outcome.name)
}

/// Each threshold, those that were not kept first.
fn thresholds(outcome: &Outcome, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut verdicts: Vec<_> = outcome.verdicts.iter().collect();
    verdicts.sort_by_key(|verdict| verdict.passed);
    let width = verdicts.iter().map(|v| v.threshold.to_string().chars().count()).max();
    for verdict in verdicts.iter().take(SHOWN) {
        let mark = if verdict.passed { "ok  " } else { "FAIL" };
        let measured = verdict.measured.as_deref().unwrap_or("nothing measured");
        let threshold = verdict.threshold.to_string();
        write!(f, "\n  {mark}  {threshold:width$}  {measured}", width = width.unwrap_or_default())?;
    }
    match verdicts.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => write!(f, "\n  and {more} more"),
        _ => Ok(()),
    }
}

fn counts(outcome: &Outcome, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let counts = &outcome.counts;
    let rate = |bytes: u64, records: u64| {
        let seconds = outcome.seconds().max(1e-3);
        let per_second = words::short(records as f64 / seconds);
        format!("{per_second} a second, {} a second", words::bytes((bytes as f64 / seconds) as u64))
    };
    let mut line = |name: &str, count: u64, beside: &str| {
        let text = format!("\n{name:<14}{:>14}  {beside}", words::count(count));
        f.write_str(text.trim_end_matches(' '))
    };
    if counts.sent > 0 {
        line("sent", counts.sent, &rate(counts.bytes_sent, counts.sent))?;
        line("acknowledged", counts.acknowledged, "")?;
        line("failed", counts.failed, "")?;
    }
    if counts.received > 0 || !outcome.offsets.read.is_empty() {
        line("received", counts.received, &rate(counts.bytes_received, counts.received))?;
        line("lost", counts.lost, "")?;
        line("duplicates", counts.duplicates, "")?;
        line("reordered", counts.reordered, "")?;
    }
    if counts.unread > 0 {
        line("unread", counts.unread, "sent behind the last record that was read")?;
    }
    Ok(())
}

fn latencies(outcome: &Outcome, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let measured = |name: &&str| outcome.histograms.get(*name).filter(|h| !h.is_empty());
    if !names::HISTOGRAMS.iter().any(|name| measured(name).is_some()) {
        return Ok(());
    }
    write!(f, "\n\n{:14}", "latency")?;
    for column in ["p50", "p90", "p99", "p99.9", "max"] {
        write!(f, "{column:>11}")?;
    }
    for name in names::HISTOGRAMS {
        if let Some(histogram) = measured(&name) {
            write!(f, "\n{name:14}{}", row(histogram))?;
        }
    }
    Ok(())
}

fn row(histogram: &Histogram) -> String {
    [50.0, 90.0, 99.0, 99.9, 100.0].iter().fold(String::new(), |mut row, percent| {
        let value = histogram.percentile(*percent).map(words::duration).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(row, "{value:>11}");
        row
    })
}
