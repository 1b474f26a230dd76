//! What a run must keep to: `p99 < 20ms`, `lost == 0`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::LoadError;
use super::outcome::{NAMES, Outcome, names, words};
use crate::formats::clock;
use crate::nearest::nearest;

/// What a run must keep to, as `[HISTOGRAM.]PERCENTILE OP DURATION`, `COUNT OP NUMBER` or
/// `rate OP NUMBER`.
///
/// A percentile is `p` and a number up to 100 (`p50`, `p99.9`), `min`, `mean` or `max`; the histogram
/// is `end_to_end`, `acknowledged` or `schedule_error`: without one, `end_to_end` where the run reads
/// records, else `acknowledged`. A duration has a unit: `20ms`, `1.5 s`. The rate is in records a
/// second. Operators are `<`, `<=`, `>`, `>=`, `==` and `!=`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Threshold {
    text: String,
    what: What,
    operator: Operator,
    /// Microseconds, a number of records, or records a second.
    bound: f64,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
enum What {
    Latency { histogram: Option<String>, statistic: Statistic },
    Count(&'static str),
    Rate,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Statistic {
    Percentile(f64),
    Min,
    Mean,
    Max,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unlike,
}

/// The operators; those of two characters first, so that the longer one is found.
const OPERATORS: [(&str, Operator); 6] = [
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("==", Operator::Equal),
    ("!=", Operator::Unlike),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

/// A threshold, and how the run stands to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The threshold.
    pub threshold: Threshold,
    /// What was measured, in words; none where there was nothing to measure.
    pub measured: Option<String>,
    /// Whether the run kept to it. Where nothing was measured it did not.
    pub passed: bool,
}

impl Threshold {
    /// How `outcome` stands to it.
    pub fn judge(&self, outcome: &Outcome) -> Verdict {
        let measured = self.measure(outcome);
        let holds = |number: f64| match self.operator {
            Operator::Less => number < self.bound,
            Operator::AtMost => number <= self.bound,
            Operator::Greater => number > self.bound,
            Operator::AtLeast => number >= self.bound,
            Operator::Equal => (number - self.bound).abs() < f64::EPSILON,
            Operator::Unlike => (number - self.bound).abs() >= f64::EPSILON,
        };
        let words = |number: f64| match self.what {
            What::Latency { .. } => words::duration(number.round() as u64),
            What::Count(_) => words::count(number as u64),
            What::Rate => format!("{} a second", words::short(number)),
        };
        Verdict {
            threshold: self.clone(),
            passed: measured.is_some_and(holds),
            measured: measured.map(words),
        }
    }

    fn measure(&self, outcome: &Outcome) -> Option<f64> {
        let (histogram, statistic) = match &self.what {
            What::Count(name) => return outcome.counts.get(name).map(|count| count as f64),
            What::Rate => return outcome.rate(),
            What::Latency { histogram, statistic } => (histogram, *statistic),
        };
        let histogram = match histogram {
            Some(name) => outcome.histograms.get(name)?,
            None => outcome.latency()?,
        };
        let micros = match statistic {
            Statistic::Mean => return histogram.mean(),
            Statistic::Percentile(percent) => histogram.percentile(percent),
            Statistic::Min => histogram.min(),
            Statistic::Max => histogram.max(),
        };
        micros.map(|micros| micros as f64)
    }
}

impl FromStr for Threshold {
    type Err = LoadError;

    /// Reads one; the error tells the column of what is wrong.
    fn from_str(text: &str) -> Result<Threshold, LoadError> {
        let error = |rest: &str, why: String, near: Option<String>| {
            let column = text[..text.len() - rest.len()].chars().count() + 1;
            LoadError::Threshold { text: text.to_owned(), column, why, near }
        };
        let trimmed = text.trim_start();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let end = trimmed.find(|c| !is_name(c)).unwrap_or(trimmed.len());
        let (name, rest) = trimmed.split_at(end);
        let what = what(name).map_err(|near| {
            let why = match name {
                "" => "a name is missing".to_owned(),
                name => format!("there is no `{name}`"),
            };
            error(trimmed, why, near)
        })?;
        let rest = rest.trim_start();
        let Some((sign, operator)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign))
        else {
            let why = "one of <, <=, >, >=, == and != is missing".to_owned();
            return Err(error(rest, why, None));
        };
        let rest = rest[sign.len()..].trim_start();
        let bound = bound(&what, rest.trim_end()).map_err(|why| error(rest, why, None))?;
        Ok(Threshold { text: text.trim().to_owned(), what, operator: *operator, bound })
    }
}

/// What `name` means, or the name that may have been meant.
fn what(name: &str) -> Result<What, Option<String>> {
    if name == "rate" {
        return Ok(What::Rate);
    }
    if let Some(count) = NAMES.iter().find(|count| **count == name) {
        return Ok(What::Count(count));
    }
    if let Some(statistic) = statistic(name) {
        return Ok(What::Latency { histogram: None, statistic });
    }
    if let Some((histogram, rest)) = name.split_once('.') {
        let known = names::HISTOGRAMS.iter().find(|known| **known == histogram);
        let Some(known) = known else {
            let near = nearest(histogram, names::HISTOGRAMS);
            return Err(near.map(|near| format!("{near}.{rest}")));
        };
        return match statistic(rest) {
            Some(statistic) => Ok(What::Latency { histogram: Some((*known).into()), statistic }),
            None => Err(nearest(rest, STATISTICS).map(|near| format!("{known}.{near}"))),
        };
    }
    let all = NAMES.iter().copied().chain(STATISTICS).chain(["rate"]);
    Err(nearest(name, all).map(str::to_owned))
}

/// The statistics that people mistype; any other percentile is one as well.
const STATISTICS: [&str; 7] = ["p50", "p90", "p99", "p99.9", "min", "mean", "max"];

fn statistic(name: &str) -> Option<Statistic> {
    Some(match name {
        "min" => Statistic::Min,
        "mean" => Statistic::Mean,
        "max" => Statistic::Max,
        name => {
            let digits =
                name.strip_prefix('p').filter(|d| d.starts_with(|c: char| c.is_ascii_digit()));
            let percent = digits?.parse::<f64>().ok()?;
            Statistic::Percentile(percent).within(percent)?
        }
    })
}

impl Statistic {
    fn within(self, percent: f64) -> Option<Statistic> {
        (0.0..=100.0).contains(&percent).then_some(self)
    }
}

fn bound(what: &What, text: &str) -> Result<f64, String> {
    if text.is_empty() {
        return Err("a number is missing".to_owned());
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    match (what, number) {
        (What::Latency { .. }, Some(_)) => {
            Err(format!("`{text}` has no unit: write {text}ms or {text}s"))
        }
        (What::Latency { .. }, None) => match clock::duration(text) {
            Some(duration) => Ok(duration.as_secs_f64() * 1e6),
            None => Err(format!("`{text}` is no duration, as 20ms or 1.5s")),
        },
        (What::Count(_), Some(number)) if number.fract() != 0.0 => {
            Err(format!("`{text}` is no whole number"))
        }
        (_, Some(number)) => Ok(number),
        (_, None) => Err(format!("`{text}` is no number")),
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Threshold> for String {
    fn from(threshold: Threshold) -> String {
        threshold.text
    }
}

impl TryFrom<String> for Threshold {
    type Error = LoadError;

    fn try_from(text: String) -> Result<Threshold, LoadError> {
        text.parse()
    }
}
