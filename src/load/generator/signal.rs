//! How a number moves from record to record.

use std::f64::consts::TAU;

use fastrand::Rng;

use super::Moment;
use crate::formats::sal::text::{TAI_MINUS_UTC, TimeScale};

/// How a number moves from record to record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// Always the same.
    Constant(f64),
    /// Anything from `low` to `high`.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// Around `mean`, in the shape of a bell.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
    },
    /// Steps of at most `step` up or down, between `low` and `high`: neighbours look alike.
    Walk {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
        /// The longest step.
        step: f64,
    },
    /// A wave between `low` and `high`.
    Sine {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
        /// How long a wave takes, in seconds.
        period: f64,
    },
    /// `first` in the first record, and so much more in each that follows.
    Count {
        /// The value of the first record.
        first: f64,
        /// The difference of two records.
        step: f64,
    },
    /// The time of the record in seconds since 1970.
    Now(TimeScale),
    /// The time of the record in milliseconds since 1970 (UTC).
    NowMillis,
}

impl Signal {
    /// A walk between `low` and `high` that crosses the range in fifty steps at the fastest.
    pub const fn walk(low: f64, high: f64) -> Signal {
        Signal::Walk { low, high, step: (high - low) / 50.0 }
    }

    /// Where one number begins: the place of a walk, the phase of a wave (0 to 1).
    pub fn start(&self, rng: &mut Rng) -> f64 {
        match self {
            Signal::Walk { low, high, .. } => low + (high - low) * rng.f64(),
            Signal::Sine { .. } => rng.f64(),
            _ => 0.0,
        }
    }

    /// The next value of each of `states`, which are what [`Signal::start`] gave and earlier calls
    /// left.
    #[inline]
    pub fn each(
        &self,
        states: &mut [f64],
        moment: &Moment,
        rng: &mut Rng,
        mut take: impl FnMut(f64),
    ) {
        match *self {
            // Most numbers walk: these do it in a loop of their own.
            Signal::Walk { low, high, step } => {
                for several in states.chunks_mut(4) {
                    // Sixteen bits are enough for the length of a step: a draw has four of them.
                    let bits = rng.u64(..);
                    for (at, state) in several.iter_mut().enumerate() {
                        let share = f64::from((bits >> (16 * at)) as i16) / 32_768.0;
                        *state = walked(*state, low, high, step * share);
                        take(*state);
                    }
                }
            }
            _ => states.iter().for_each(|state| take(self.next(*state, moment, rng))),
        }
    }

    fn next(&self, state: f64, moment: &Moment, rng: &mut Rng) -> f64 {
        match *self {
            Signal::Constant(value) => value,
            Signal::Uniform { low, high } => low + (high - low) * rng.f64(),
            Signal::Normal { mean, deviation } => mean + deviation * bell(rng),
            Signal::Walk { .. } => state,
            Signal::Sine { low, high, period } => {
                let turns = moment.seconds(0) / period + state;
                f64::midpoint(low, high) + (high - low) / 2.0 * (turns.fract() * TAU).sin()
            }
            Signal::Count { first, step } => first + step * (moment.sequence - 1) as f64,
            Signal::Now(TimeScale::Utc) => moment.seconds(0),
            Signal::Now(TimeScale::Tai) => moment.seconds(TAI_MINUS_UTC),
            Signal::NowMillis => moment.now_us.div_euclid(1_000) as f64,
        }
    }
}

/// A number from the standard normal distribution (Box and Muller, 1958).
fn bell(rng: &mut Rng) -> f64 {
    // 1 less a number below 1: the logarithm of 0 is no number.
    (-2.0 * (1.0 - rng.f64()).ln()).sqrt() * (TAU * rng.f64()).cos()
}

/// Where a walk gets from `at` with one step: it is thrown back where it would leave the range. There
/// is no branch in it, so that several steps are made at once.
#[inline]
fn walked(at: f64, low: f64, high: f64, step: f64) -> f64 {
    let above = low + (at + step - low).abs();
    (high - (high - above).abs()).max(low)
}
