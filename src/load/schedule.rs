//! When to send: an open model, which never waits for what was sent before.
//!
//! Each moment follows from the start alone, so that a late record makes no later one late (Tene,
//! "How NOT to measure latency", calls the opposite coordinated omission).

use std::time::Duration;

use fastrand::Rng;

use super::LoadError;

/// How moments follow each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Rate {
    /// So many a second, evenly.
    Constant(f64),
    /// From one rate evenly to another within so many seconds, and on at that.
    Ramp {
        /// Records a second at the start.
        from: f64,
        /// Records a second at the end.
        to: f64,
        /// Seconds from the one to the other.
        over: f64,
    },
    /// One rate after the other, each for so many seconds; then it ends.
    Steps(Vec<(f64, f64)>),
    /// So many at once, again and again after so many seconds.
    Burst {
        /// How many at once.
        count: u64,
        /// Seconds from burst to burst.
        every: f64,
    },
    /// So many a second on average, each independent of the others.
    Poisson(f64),
    /// At these moments, seconds after the start; then it ends.
    Replay(Vec<f64>),
}

impl Rate {
    /// Whether it can be kept at all; the error says which number is wrong.
    pub fn check(&self) -> Result<(), LoadError> {
        let positive = |what: &str, number: f64| {
            if number.is_finite() && number > 0.0 {
                return Ok(());
            }
            Err(LoadError::Rate(format!("{what} is {number}, not a number above 0")))
        };
        match self {
            Rate::Constant(hertz) | Rate::Poisson(hertz) => positive("the rate", *hertz),
            Rate::Ramp { from, to, over } => {
                let start = if *from == 0.0 { Ok(()) } else { positive("`from`", *from) };
                start.and_then(|()| positive("`to`", *to)).and_then(|()| positive("`over`", *over))
            }
            Rate::Steps(steps) => steps.iter().try_for_each(|(hertz, seconds)| {
                positive("the rate of a step", *hertz)?;
                positive("the duration of a step", *seconds)
            }),
            Rate::Burst { count: 0, .. } => Err(LoadError::Rate("a burst has no records".into())),
            Rate::Burst { every, .. } => positive("`every`", *every),
            Rate::Replay(moments) => {
                let ordered = moments.is_sorted_by(|one, two| one <= two);
                let valid = ordered && moments.iter().all(|at| at.is_finite() && *at >= 0.0);
                let why = "the moments to replay do not follow each other from 0 on";
                if valid { Ok(()) } else { Err(LoadError::Rate(why.into())) }
            }
        }
    }
}

/// The moments of one topic, in their order.
#[derive(Debug, Clone)]
pub struct Schedule {
    rate: Rate,
    /// How much later than the start all of it lies, in seconds.
    phase: f64,
    /// How many moments have passed.
    count: u64,
    /// Where a Poisson process stands, in seconds.
    at: f64,
    rng: Rng,
}

impl Schedule {
    /// The moments of `rate`, all later by `phase` seconds; `seed` is the chance of
    /// [`Rate::Poisson`]. The error says why the rate is none.
    pub fn new(rate: Rate, phase: f64, seed: u64) -> Result<Schedule, LoadError> {
        rate.check()?;
        Ok(Schedule { rate, phase, count: 0, at: 0.0, rng: Rng::with_seed(seed) })
    }

    /// The moment of the record `count` (from 0), in seconds after the start; none at the end.
    fn moment(&mut self, count: u64) -> Option<f64> {
        let number = count as f64;
        match &self.rate {
            Rate::Constant(hertz) => Some(number / hertz),
            Rate::Ramp { from, to, over } => Some(ramp(number, *from, *to, *over)),
            Rate::Steps(steps) => step(number, steps),
            Rate::Burst { count: size, every } => Some((count / size) as f64 * every),
            Rate::Poisson(hertz) => {
                // 1 less a number below 1: the logarithm of 0 is no number.
                self.at -= (1.0 - self.rng.f64()).ln() / hertz;
                Some(self.at)
            }
            Rate::Replay(moments) => moments.get(usize::try_from(count).ok()?).copied(),
        }
    }
}

impl Iterator for Schedule {
    type Item = Duration;

    /// The next moment, after the start.
    fn next(&mut self) -> Option<Duration> {
        let moment = self.moment(self.count)?;
        self.count += 1;
        Duration::try_from_secs_f64(moment + self.phase).ok()
    }
}

/// When `number` records are through, at a rate that rises or falls evenly: the root of
/// `from t + (to - from) t² / (2 over) = number`.
fn ramp(number: f64, from: f64, to: f64, over: f64) -> f64 {
    let through = f64::midpoint(from, to) * over;
    if number >= through {
        return over + (number - through) / to;
    }
    let slope = (to - from) / over;
    // In this form nothing is lost where the slope is small.
    2.0 * number
        / (from + (from * from + 2.0 * slope * number).max(0.0).sqrt()).max(f64::MIN_POSITIVE)
}

fn step(number: f64, steps: &[(f64, f64)]) -> Option<f64> {
    let (mut passed, mut since) = (0.0, 0.0);
    for (hertz, seconds) in steps {
        let count = (hertz * seconds).round();
        if number < passed + count {
            return Some(since + (number - passed) / hertz);
        }
        passed += count;
        since += seconds;
    }
    None
}
