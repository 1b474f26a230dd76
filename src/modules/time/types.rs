//! Durations, timestamps, a ticker and a stopwatch.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rhai::Dynamic;

use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::clock;
use crate::modules::error::RhaiResultOf;

/// Yields 0, 1, 2, … at a fixed rate; a late turn does not move the next ones.
#[derive(Clone)]
pub struct Ticker {
    context: Context,
    start: Instant,
    period: f64,
    tick: i64,
}

impl Ticker {
    /// A ticker of `hertz` turns a second, the first one at once.
    pub fn new(context: Context, hertz: &Dynamic) -> Result<Ticker, Failure> {
        match number(hertz) {
            Some(hertz) if hertz > 0.0 && hertz.is_finite() => {
                Ok(Ticker { context, start: Instant::now(), period: hertz.recip(), tick: 0 })
            }
            _ => Err(usage(format!("cannot tick `{hertz}` times a second: give a number above 0"))),
        }
    }
}

impl Iterator for Ticker {
    type Item = RhaiResultOf<i64>;

    fn next(&mut self) -> Option<Self::Item> {
        let due =
            Duration::try_from_secs_f64(self.tick as f64 * self.period).unwrap_or(Duration::MAX);
        let left = due.saturating_sub(self.start.elapsed());
        if let Err(stopped) = sleep(&self.context, left) {
            return Some(Err(stopped.into()));
        }
        self.tick += 1;
        Some(Ok(self.tick - 1))
    }
}

/// Measures time from where it was made.
#[derive(Debug, Clone)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn new() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Seconds since the start.
    pub fn elapsed(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Waits for `duration`; stopping the run ends the wait.
pub fn sleep(context: &Context, duration: Duration) -> Result<(), Failure> {
    if context.cancel().is_cancelled() {
        return Err(Failure::new(Kind::Cancelled, "cannot sleep: stopped"));
    }
    if duration.is_zero() {
        return Ok(());
    }
    // The timeout is never reached: the sleep itself is shorter.
    let timeout = duration.saturating_add(Duration::from_secs(60));
    context.wait("sleep", timeout, async move { tokio::time::sleep(duration).await })
}

/// A number of seconds, int or float, as a duration.
pub fn seconds(value: &Dynamic) -> Result<Duration, Failure> {
    number(value)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| usage(format!("`{value}` is no number of seconds: give 0 or more")))
}

fn number(value: &Dynamic) -> Option<f64> {
    value.as_float().ok().or_else(|| value.as_int().ok().map(|int| int as f64))
}

/// Milliseconds since 1970 of an RFC 3339 time, or of the start of a day in UTC.
pub fn parse(text: &str) -> Result<i64, Failure> {
    clock::time(text).ok_or_else(|| {
        let why = format!("cannot read the time `{text}`: it is no RFC 3339 time and no day");
        Failure::new(Kind::Invalid, why)
            .with_remedy("write it like 2026-01-31T20:15:00Z or 2026-01-31 (UTC)")
    })
}

/// RFC 3339 in UTC, with milliseconds.
pub fn format(milliseconds: i64) -> Result<String, Failure> {
    match Timestamp::from_millisecond(milliseconds) {
        Ok(time) => Ok(format!("{time:.3}")),
        Err(_) => {
            Err(usage(format!("cannot format the time {milliseconds}: no year from -9999 to 9999")))
        }
    }
}

/// Seconds of a duration like `1h30m`, `5m`, `250ms`, perhaps with a minus.
pub fn duration(text: &str) -> Result<f64, Failure> {
    let seconds = match text.strip_prefix('-') {
        Some(back) => clock::duration(back).map(|duration| -duration.as_secs_f64()),
        None => clock::duration(text).map(|duration| duration.as_secs_f64()),
    };
    seconds.ok_or_else(|| {
        let why = format!("cannot read the duration `{text}`: it is no number with a unit");
        Failure::new(Kind::Invalid, why).with_remedy("write it like 90s, 5m, 1h30m or 250ms")
    })
}

fn usage(message: String) -> Failure {
    Failure::new(Kind::Usage, message)
}
