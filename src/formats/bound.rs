//! Where reading starts or ends, as a person writes it.

use std::str::FromStr;

use super::clock;
use crate::error::{Explain, Kind};

/// A place in each partition of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `earliest`: the first record that is kept.
    Earliest,
    /// `latest` or `end`: behind the last record there is now.
    End,
    /// A number: the offset.
    Offset(i64),
    /// A negative number: so many records before the end.
    Last(i64),
    /// A time, or a duration back from now (`-10m`): the first record that is not older, in
    /// milliseconds since 1970 (UTC).
    Time(i64),
}

/// The text names no place in a partition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no place in a topic")]
pub struct NoBound(String);

impl Explain for NoBound {
    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn remedy(&self) -> Option<String> {
        Some(
            "give earliest, latest, an offset, -N for the last N records of each partition, a time \
             as 2026-01-31T20:15:00Z, 2026-01-31 or @MILLISECONDS, or -DURATION as -10m"
                .to_owned(),
        )
    }
}

impl FromStr for Bound {
    type Err = NoBound;

    fn from_str(text: &str) -> Result<Bound, NoBound> {
        let bound = match text {
            "earliest" => Some(Bound::Earliest),
            "latest" | "end" => Some(Bound::End),
            _ => number(text).or_else(|| time(text)),
        };
        bound.ok_or_else(|| NoBound(text.to_owned()))
    }
}

fn number(text: &str) -> Option<Bound> {
    let number: i64 = text.parse().ok()?;
    Some(match number.checked_neg() {
        Some(back) if text.starts_with('-') => Bound::Last(back),
        _ => Bound::Offset(number),
    })
}

fn time(text: &str) -> Option<Bound> {
    if let Some(milliseconds) = text.strip_prefix('@') {
        return milliseconds.parse().ok().map(Bound::Time);
    }
    if let Some(back) = text.strip_prefix('-').and_then(clock::duration) {
        return Some(Bound::Time(clock::now() - i64::try_from(back.as_millis()).ok()?));
    }
    clock::time(text).map(Bound::Time)
}
