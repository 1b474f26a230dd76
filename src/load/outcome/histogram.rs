//! Durations by how often they occurred, within a thousandth, so that sums of them are exact.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::serialization::{Deserializer, Serializer as _, V2DeflateSerializer};
use serde::{Deserialize, Serialize};

/// Significant decimal digits that are kept of each value.
const DIGITS: u8 = 3;

/// Counts of durations in microseconds (an HDR histogram): any percentile later, and the sum of two
/// is what one that saw everything would be.
///
/// Serialised as [`Packed`].
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(into = "Packed", try_from = "Packed")]
pub struct Histogram(
    /// Made with the first value.
    Option<hdrhistogram::Histogram<u64>>,
);

/// A histogram in little space: in the interchange form V2 of HDR histograms, with the numbers that
/// people look for beside it, in microseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Packed {
    /// How many values there are.
    pub count: u64,
    /// The least of them; 0 where there is none, as in all that follow.
    pub min: u64,
    /// Their mean.
    pub mean: f64,
    /// What half of them do not exceed.
    pub p50: u64,
    /// What 90 % of them do not exceed.
    pub p90: u64,
    /// What 99 % of them do not exceed.
    pub p99: u64,
    /// What 99.9 % of them do not exceed.
    pub p999: u64,
    /// The greatest of them.
    pub max: u64,
    /// All of them: V2, deflated, in base64; empty where there is none.
    pub hdr: String,
}

/// Values that count as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The least value of the bucket, in microseconds.
    pub from: u64,
    /// Its greatest value, in microseconds.
    pub to: u64,
    /// How many values lie in it.
    pub count: u64,
}

impl Histogram {
    /// Counts one duration.
    pub fn record(&mut self, duration: Duration) {
        self.record_micros(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX));
    }

    /// Counts one duration in microseconds.
    pub fn record_micros(&mut self, micros: u64) {
        if self.0.is_none() {
            self.0 = hdrhistogram::Histogram::new(DIGITS).ok();
        }
        if let Some(counts) = &mut self.0 {
            // It grows as needed: no value is too great for it.
            let _ = counts.record(micros);
        }
    }

    /// Counts everything that `other` has counted.
    pub fn add(&mut self, other: &Histogram) {
        match (&mut self.0, &other.0) {
            // It grows as needed, so that everything fits.
            (Some(counts), Some(more)) => drop(counts.add(more)),
            (None, Some(_)) => self.clone_from(other),
            _ => {}
        }
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.0.as_ref().map_or(0, hdrhistogram::Histogram::len)
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// What `percent` of the values (0 to 100) do not exceed, in microseconds; none without values.
    pub fn percentile(&self, percent: f64) -> Option<u64> {
        self.measured().map(|counts| at(counts, percent))
    }

    /// The least value in microseconds; none without values.
    pub fn min(&self) -> Option<u64> {
        self.measured().map(hdrhistogram::Histogram::min)
    }

    /// The greatest value in microseconds; none without values.
    pub fn max(&self) -> Option<u64> {
        self.measured().map(hdrhistogram::Histogram::max)
    }

    /// The mean in microseconds; none without values.
    pub fn mean(&self) -> Option<f64> {
        self.measured().map(hdrhistogram::Histogram::mean)
    }

    /// How many values each bucket has, from the least on; buckets without one are left out.
    pub fn buckets(&self) -> Vec<Bucket> {
        let Some(counts) = &self.0 else { return Vec::new() };
        let bucket = |value: u64, count| Bucket {
            from: counts.lowest_equivalent(value),
            to: counts.highest_equivalent(value),
            count,
        };
        let steps = counts.iter_recorded();
        steps.map(|step| bucket(step.value_iterated_to(), step.count_at_value())).collect()
    }

    /// The same in little space.
    pub fn pack(&self) -> Packed {
        let Some(counts) = self.measured().and_then(compact) else { return Packed::default() };
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = V2DeflateSerializer::new().serialize(&counts, &mut bytes);
        Packed {
            count: counts.len(),
            min: counts.min(),
            mean: counts.mean(),
            p50: at(&counts, 50.0),
            p90: at(&counts, 90.0),
            p99: at(&counts, 99.0),
            p999: at(&counts, 99.9),
            max: counts.max(),
            hdr: STANDARD.encode(bytes),
        }
    }

    fn measured(&self) -> Option<&hdrhistogram::Histogram<u64>> {
        self.0.as_ref().filter(|counts| !counts.is_empty())
    }
}

/// The value at `percent`, which is rounded: 99.9 / 100 is a little more than 0.999.
fn at(counts: &hdrhistogram::Histogram<u64>, percent: f64) -> u64 {
    counts.value_at_quantile((percent * 1e6).round() / 1e8)
}

/// The same with room for its own values only: equal counts make equal text.
fn compact(counts: &hdrhistogram::Histogram<u64>) -> Option<hdrhistogram::Histogram<u64>> {
    let mut compact = hdrhistogram::Histogram::new(DIGITS).ok()?;
    compact.add(counts).ok()?;
    Some(compact)
}

impl fmt::Debug for Histogram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Thousands of buckets say less.
        self.pack().fmt(f)
    }
}

impl PartialEq for Histogram {
    /// Whether the same values were counted, whatever room there is for more.
    fn eq(&self, other: &Histogram) -> bool {
        self.buckets() == other.buckets()
    }
}

impl From<Histogram> for Packed {
    fn from(histogram: Histogram) -> Packed {
        histogram.pack()
    }
}

impl TryFrom<Packed> for Histogram {
    type Error = String;

    /// Unpacks; the error says what is wrong with the text.
    fn try_from(packed: Packed) -> Result<Histogram, String> {
        if packed.hdr.is_empty() {
            return Ok(Histogram::default());
        }
        let bytes = STANDARD.decode(&packed.hdr).map_err(|error| format!("`hdr`: {error}"))?;
        let read = Deserializer::new().deserialize(&mut bytes.as_slice());
        let mut counts = read.map_err(|error| format!("`hdr` is no histogram: {error}"))?;
        counts.auto(true);
        Ok(Histogram(Some(counts)))
    }
}
