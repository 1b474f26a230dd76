//! Pictures of an outcome, drawn as text or as SVG: the rate over time, latencies over the
//! percentile, and how often which latency occurred.

mod bars;
mod percentiles;
mod rate;
mod scale;
pub mod text;

pub use scale::Tick;

use super::Outcome;

/// A picture, whose places run from 0 to 1: to the right, and up.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// What the places to the right are.
    pub x_title: &'static str,
    /// The marks below.
    pub x_ticks: Vec<Tick>,
    /// The marks on the left.
    pub y_ticks: Vec<Tick>,
    /// What is drawn.
    pub shape: Shape,
}

/// What a picture has in its frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Lines, each with its name.
    Lines(Vec<Line>),
    /// Bars side by side.
    Bars(Vec<Bar>),
}

/// A line from point to point.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// A bar that stands on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// From where.
    pub from: f64,
    /// To where.
    pub to: f64,
    /// How high.
    pub height: f64,
    /// Which durations, in words.
    pub range: String,
    /// How many.
    pub count: u64,
}

/// The pictures of `outcome`; those of which nothing was measured are left out.
pub fn plots(outcome: &Outcome) -> Vec<Plot> {
    [rate::plot(outcome), percentiles::plot(outcome), bars::plot(outcome)]
        .into_iter()
        .flatten()
        .collect()
}
