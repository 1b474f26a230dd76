//! Where a number is on an axis, and which numbers are marked there.

use crate::load::outcome::words;

/// The most marks on an axis.
const MOST: f64 = 6.0;
/// Seconds of an hour: multiples are steps between marks of a clock.
const HOUR: f64 = 3_600.0;
/// The shorter steps, in seconds.
const CLOCK: [f64; 14] =
    [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, HOUR];

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, from 0 to 1.
    pub at: f64,
    /// What it says.
    pub text: String,
}

/// From which number to which an axis goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Equal distances for equal differences.
    Linear(f64, f64),
    /// Equal distances for equal ratios.
    Log(f64, f64),
}

impl Scale {
    /// From 0 to a round number that is at least `most`.
    pub fn count(most: f64) -> Scale {
        let step = round_step(most.max(1.0) / (MOST - 1.0)).max(0.1);
        Scale::Linear(0.0, (most.max(1.0) / step).ceil() * step)
    }

    /// Durations in microseconds between round ones.
    pub fn durations(least: u64, most: u64) -> Scale {
        let (mut from, mut to) = (1.0, 1.0);
        let (least, most) = (least.max(1) as f64, most.max(1) as f64);
        for round in rounds(&[1.0, 2.0, 5.0]) {
            if round <= least {
                from = round;
            }
            to = round;
            if round >= most && to > from {
                break;
            }
        }
        Scale::Log(from, to)
    }

    /// Where `number` is, from 0 to 1.
    pub fn at(self, number: f64) -> f64 {
        let place = match self {
            Scale::Linear(from, to) => (number - from) / (to - from),
            Scale::Log(from, to) => (number.max(from) / from).ln() / (to / from).ln(),
        };
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The marks of numbers of things.
    pub fn counts(self) -> Vec<Tick> {
        let (Scale::Linear(from, to) | Scale::Log(from, to)) = self;
        let step = round_step((to - from) / (MOST - 1.0));
        self.each(step, |number| match number {
            small if small < 100.0 => words::short(small),
            great => words::count(great.round() as u64),
        })
    }

    /// The marks of seconds on a clock.
    pub fn clock(self) -> Vec<Tick> {
        let (Scale::Linear(from, to) | Scale::Log(from, to)) = self;
        let fits = |step: f64| (to - from) / step <= MOST;
        let hours = || ((to - from) / HOUR / MOST).ceil() * HOUR;
        let step = CLOCK.into_iter().find(|step| fits(*step)).unwrap_or_else(hours);
        self.each(step, |seconds| match (seconds * 1e6).round() as u64 {
            0 => "0 s".to_owned(),
            micros => words::duration(micros),
        })
    }

    /// The marks of durations in microseconds.
    pub fn rounds(self) -> Vec<Tick> {
        let (Scale::Linear(from, to) | Scale::Log(from, to)) = self;
        let within = |digits: &[f64]| -> Vec<f64> {
            let all = rounds(digits).skip_while(|round| *round < from);
            all.take_while(|round| *round <= to).collect()
        };
        let mut marks = within(&[1.0, 2.0, 5.0]);
        if marks.len() as f64 > MOST {
            marks = within(&[1.0]);
        }
        let tick = |mark: f64| Tick { at: self.at(mark), text: words::duration(mark as u64) };
        marks.into_iter().map(tick).collect()
    }

    fn each(self, step: f64, text: impl Fn(f64) -> String) -> Vec<Tick> {
        let (Scale::Linear(from, to) | Scale::Log(from, to)) = self;
        let many = ((to - from) / step + 1e-9).floor().max(0.0) as u64;
        let tick = |number: u64| {
            let number = from + number as f64 * step;
            Tick { at: self.at(number), text: text(number) }
        };
        (0..=many).map(tick).collect()
    }
}

/// `digits` times each power of ten, from 1 on.
pub fn rounds(digits: &[f64]) -> impl Iterator<Item = f64> {
    (0..15).flat_map(move |power| digits.iter().map(move |digit| digit * 10_f64.powi(power)))
}

/// The least of 1, 2 and 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= step * (1.0 - 1e-9));
    digit.unwrap_or(10.0) * power
}
