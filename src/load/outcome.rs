//! What a run measured.

mod clocks;
mod counts;
mod histogram;
pub mod names;
mod offsets;
mod series;
mod summary;
pub mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use clocks::Clocks;
pub use counts::{Counts, NAMES};
pub use histogram::{Bucket, Histogram, Packed};
pub use offsets::{Offsets, Span, Spans};
pub use series::{Second, Series};

use super::sequence::{Reading, Sequences};
use super::threshold::{Threshold, Verdict};

/// What a run measured, and what it was asked to keep to.
///
/// The sides of one run fill an outcome each, which [`Outcome::absorb`] makes one; outcomes of
/// several processes are put together by [`Outcome::merge`]. Both are exact: the sum is what one
/// process would have that saw everything. [`Outcome::settle`] then draws the conclusions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// What the run is called.
    pub name: String,
    /// When it began, in milliseconds since 1970 (UTC).
    pub started: i64,
    /// When it ended, in milliseconds since 1970 (UTC).
    pub ended: i64,
    /// What it was started with: rates, seed, topics; of a merged one what all of them have in
    /// common.
    pub parameters: BTreeMap<String, Value>,
    /// What was counted.
    pub counts: Counts,
    /// How many records could not be delivered, by the reason and the first topic.
    pub failures: BTreeMap<String, u64>,
    /// Durations by name (see [`names`]).
    pub histograms: BTreeMap<String, Histogram>,
    /// What happened second by second.
    pub series: Series,
    /// The offsets that were written and read.
    pub offsets: Offsets,
    /// The numbers of the records that were sent and read.
    pub sequences: Sequences,
    /// By which clocks was measured.
    pub clocks: Clocks,
    /// What the run must keep to.
    pub thresholds: Vec<Threshold>,
    /// Whether it did, for each threshold; filled by [`Outcome::settle`].
    pub verdicts: Vec<Verdict>,
    /// What this was merged from.
    pub parts: Vec<Part>,
}

/// One of the outcomes that were merged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// What the run was called.
    pub name: String,
    /// When it began, in milliseconds since 1970 (UTC).
    pub started: i64,
    /// When it ended, in milliseconds since 1970 (UTC).
    pub ended: i64,
    /// What it was started with.
    pub parameters: BTreeMap<String, Value>,
}

impl Outcome {
    /// An outcome of nothing yet, of a run that began at `started` (milliseconds since 1970).
    pub fn new(name: impl Into<String>, started: i64) -> Outcome {
        Outcome { name: name.into(), started, ended: started, ..Outcome::default() }
    }

    /// The histogram called `name`, made at the first use.
    pub fn histogram(&mut self, name: &str) -> &mut Histogram {
        self.histograms.entry(name.to_owned()).or_default()
    }

    /// What people mean by the latency of the run: end to end where it read records, else up to the
    /// confirmation; none where neither was measured.
    pub fn latency(&self) -> Option<&Histogram> {
        let measured = |name: &str| self.histograms.get(name).filter(|h| !h.is_empty());
        measured(names::END_TO_END).or_else(|| measured(names::ACKNOWLEDGED))
    }

    /// How long it took, in seconds.
    pub fn seconds(&self) -> f64 {
        self.ended.saturating_sub(self.started).max(0) as f64 / 1e3
    }

    /// Records sent a second, or read where it sent none; none where it took no time.
    pub fn rate(&self) -> Option<f64> {
        let records = if self.counts.sent > 0 { self.counts.sent } else { self.counts.received };
        let seconds = self.seconds();
        (seconds > 0.0).then(|| records as f64 / seconds)
    }

    /// Whether it kept to all its thresholds.
    pub fn passed(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.passed)
    }

    /// What a reader of the numbers must know, a sentence each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.clocks.words();
        if self.sequences.is_rough() {
            notes.push("too many gaps to remember: lost and duplicates are estimates".to_owned());
        }
        notes
    }

    /// Draws the conclusions from what was measured: losses, and the verdicts.
    pub fn settle(&mut self) {
        let offsets = &self.offsets;
        let found = self.sequences.found(|topic| Reading {
            any: offsets.read.contains_key(topic),
            from_start: offsets.read_from_start(topic),
            to_end: offsets.read_to_end(topic),
        });
        self.counts.lost = found.lost;
        self.counts.duplicates = found.duplicates;
        self.counts.reordered = found.reordered;
        self.counts.unread = found.unread;
        self.verdicts = self.thresholds.iter().map(|threshold| threshold.judge(self)).collect();
    }

    /// Adds what another side of the same run measured. [`Outcome::settle`] is to follow.
    pub fn absorb(&mut self, other: Outcome) {
        self.started = self.started.min(other.started);
        self.ended = self.ended.max(other.ended);
        self.counts.add(&other.counts);
        for (name, histogram) in &other.histograms {
            self.histogram(name).add(histogram);
        }
        for (why, count) in other.failures {
            *self.failures.entry(why).or_default() += count;
        }
        self.series.add(other.series);
        self.offsets.add(&other.offsets);
        self.sequences.add(other.sequences);
        self.clocks.add(&other.clocks);
        for threshold in other.thresholds {
            if !self.thresholds.contains(&threshold) {
                self.thresholds.push(threshold);
            }
        }
        self.parts.extend(other.parts);
    }

    /// One outcome of several, settled; none of none.
    pub fn merge(outcomes: impl IntoIterator<Item = Outcome>) -> Option<Outcome> {
        let mut outcomes = outcomes.into_iter();
        let mut sum = outcomes.next()?;
        for mut other in outcomes {
            sum.note_part();
            other.note_part();
            sum.parameters.retain(|key, value| other.parameters.get(key) == Some(value));
            sum.absorb(other);
        }
        sum.settle();
        Some(sum)
    }

    /// Notes what this is as a part, unless it was merged already.
    fn note_part(&mut self) {
        if self.parts.is_empty() {
            let (name, parameters) = (self.name.clone(), self.parameters.clone());
            let (started, ended) = (self.started, self.ended);
            self.parts.push(Part { name, started, ended, parameters });
        }
    }
}
