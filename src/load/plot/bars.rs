//! How often which latency occurred.

use super::scale::{Scale, Tick, rounds};
use super::{Bar, Plot, Shape};
use crate::load::Outcome;
use crate::load::outcome::{Bucket, names, words};

/// So many bars are enough to see a form.
const ENOUGH: usize = 8;
/// Where bars begin in each power of ten, from coarse to fine.
const EDGES: [&[f64]; 4] = [
    &[1.0, 2.0, 5.0],
    &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
    &[1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0],
    &[
        1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4,
        3.6, 3.8, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5,
    ],
];

/// How often which latency of `outcome` occurred; none where none was measured.
pub fn plot(outcome: &Outcome) -> Option<Plot> {
    let latency = outcome.latency()?;
    let (least, most) = (latency.min()?, latency.max()?.max(1));
    let edges = edges(least, most);
    let (from, to) = (*edges.first()?, *edges.last()?);
    let counts = counts(&edges, &latency.buckets());
    let highest = counts.iter().copied().max()?;
    let (x, y) = (Scale::Log(from, to), Scale::count(highest as f64));
    let bars = edges.windows(2).zip(counts).filter_map(|(edge, count)| {
        let &[from, to] = edge else { return None };
        let (low, high) = (words::duration(from as u64), words::duration(to as u64));
        let range = format!("{low} to {high}");
        Some(Bar { from: x.at(from), to: x.at(to), height: y.at(count as f64), range, count })
    });
    let name = match outcome.histograms.get(names::END_TO_END) {
        Some(read) if !read.is_empty() => names::END_TO_END,
        _ => names::ACKNOWLEDGED,
    };
    Some(Plot {
        title: format!("Records by latency ({name})"),
        x_title: "latency",
        x_ticks: marks(x, &edges),
        y_ticks: y.counts(),
        shape: Shape::Bars(bars.collect()),
    })
}

/// Round durations; the ends of bars where there are too few.
fn marks(x: Scale, edges: &[f64]) -> Vec<Tick> {
    let round = x.rounds();
    if round.len() > 1 {
        return round;
    }
    let tick = |edge: &f64| Tick { at: x.at(*edge), text: words::duration(*edge as u64) };
    edges.iter().step_by(edges.len().div_ceil(5).max(1)).map(tick).collect()
}

/// Where bars begin and end, so that all from `least` to `most` lie in one: as few as are enough.
fn edges(least: u64, most: u64) -> Vec<f64> {
    let around = |digits: &[f64]| {
        let all: Vec<f64> = rounds(digits).map(f64::round).collect();
        let first = all.iter().rposition(|edge| *edge <= least as f64).unwrap_or_default();
        let end = all.iter().position(|edge| *edge > most as f64).unwrap_or(all.len() - 1);
        let mut edges = all.get(first..=end).unwrap_or_default().to_vec();
        // Fractions of a microsecond are none.
        edges.dedup();
        edges
    };
    let mut finest = Vec::new();
    for digits in EDGES {
        finest = around(digits);
        if finest.len() > ENOUGH {
            break;
        }
    }
    finest
}

fn counts(edges: &[f64], buckets: &[Bucket]) -> Vec<u64> {
    let mut counts = vec![0; edges.len().saturating_sub(1)];
    for bucket in buckets {
        let above = edges.partition_point(|edge| *edge <= bucket.from as f64);
        if let Some(count) = counts.get_mut(above.saturating_sub(1)) {
            *count += bucket.count;
        }
    }
    counts
}
