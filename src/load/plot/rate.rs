//! How many records a second, over time.

use std::collections::BTreeMap;

use super::scale::Scale;
use super::{Line, Plot, Shape};
use crate::load::Outcome;
use crate::load::outcome::Second;

/// A line has at most so many points: there are no more dots to draw them.
const POINTS: usize = 400;
/// A second at the edge of which less belongs to the run than this is counted with the one beside
/// it: few records in little time make a wild rate.
const WHOLE: f64 = 0.5;

/// The seconds that are one point.
#[derive(Debug, Clone, Copy, Default)]
struct Point {
    /// How much of them belongs to the run.
    seconds: f64,
    sent: u64,
    received: u64,
}

/// What is counted, by name.
type Side = (&'static str, fn(&Point) -> u64);

/// The rate of `outcome` over time; none where nothing was sent and nothing read.
pub fn plot(outcome: &Outcome) -> Option<Plot> {
    let points = points(outcome);
    let span: f64 = points.iter().map(|point| point.seconds).sum();
    if span <= 0.0 {
        return None;
    }
    let sides: [Side; 2] = [("sent", |point| point.sent), ("received", |point| point.received)];
    let sides = sides.into_iter().filter(|(_, count)| points.iter().any(|p| count(p) > 0));
    let sides: Vec<_> = sides.collect();
    let rates = |count: fn(&Point) -> u64| {
        points.iter().map(move |point| count(point) as f64 / point.seconds)
    };
    let most = sides.iter().flat_map(|(_, count)| rates(*count)).fold(0.0, f64::max);
    let (x, y) = (Scale::Linear(0.0, span), Scale::count(most));
    let line = |(name, count): &Side| {
        let mut from = 0.0;
        let mut steps = Vec::new();
        for (point, rate) in points.iter().zip(rates(*count)) {
            // A rate is that of a whole second: a line from middle to middle.
            steps.push((x.at(from + point.seconds / 2.0), y.at(rate)));
            from += point.seconds;
        }
        Line { name: (*name).to_owned(), points: to_the_edges(steps) }
    };
    let lines: Vec<_> = sides.iter().map(line).collect();
    (!lines.is_empty()).then(|| Plot {
        title: "Rate over time, records a second".to_owned(),
        x_title: "time since the start",
        x_ticks: x.clock(),
        y_ticks: y.counts(),
        shape: Shape::Lines(lines),
    })
}

/// The same line from the very left to the very right.
fn to_the_edges(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if let (Some(&(_, first)), Some(&(_, last))) = (points.first(), points.last()) {
        points.insert(0, (0.0, first));
        points.push((1.0, last));
    }
    points
}

/// What happened from the first second on, in at most [`POINTS`] equal steps.
fn points(outcome: &Outcome) -> Vec<Point> {
    let seconds = BTreeMap::<i64, Second>::from(outcome.series.clone());
    let (Some((&first, _)), Some((&last, _))) =
        (seconds.first_key_value(), seconds.last_key_value())
    else {
        return Vec::new();
    };
    let mut all: Vec<Point> = (first..=last)
        .map(|second| {
            let found = seconds.get(&second);
            Point {
                seconds: belongs(outcome, second),
                sent: found.map_or(0, |found| found.sent),
                received: found.map_or(0, |found| found.received),
            }
        })
        .collect();
    if let [first, second, ..] = all.as_mut_slice()
        && first.seconds < WHOLE
    {
        *second = joined(&[*first, *second]);
        all.remove(0);
    }
    if let [.., before, last] = all.as_mut_slice()
        && last.seconds < WHOLE
    {
        *before = joined(&[*before, *last]);
        all.pop();
    }
    let step = all.len().div_ceil(POINTS).max(1);
    all.chunks(step).map(joined).collect()
}

/// How much of `second` lies between the start and the end of the run.
fn belongs(outcome: &Outcome, second: i64) -> f64 {
    let (from, to) = (second * 1_000, second * 1_000 + 1_000);
    let inside = to.min(outcome.ended) - from.max(outcome.started);
    // Readers may start before the senders, and end after them.
    if inside > 0 { inside as f64 / 1e3 } else { 1.0 }
}

fn joined(points: &[Point]) -> Point {
    points.iter().fold(Point::default(), |sum, point| Point {
        seconds: sum.seconds + point.seconds,
        sent: sum.sent + point.sent,
        received: sum.received + point.received,
    })
}
