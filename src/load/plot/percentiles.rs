//! Latencies over the percentile, as histograms of latency are commonly drawn: each further nine has
//! as much room as the one before.

use super::scale::{Scale, Tick};
use super::{Line, Plot, Shape};
use crate::load::Outcome;
use crate::load::outcome::{Histogram, names};

/// Points for each nine.
const POINTS: u32 = 50;
/// Nines that are drawn: at least, and at most.
const NINES: (u32, u32) = (2, 6);

/// The latencies of `outcome` over the percentile; none where none was measured.
pub fn plot(outcome: &Outcome) -> Option<Plot> {
    let measured = |name| Some((name, outcome.histograms.get(name).filter(|h| !h.is_empty())?));
    let known: Vec<_> = names::HISTOGRAMS.into_iter().filter_map(measured).collect();
    let most = known.iter().filter_map(|(_, histogram)| histogram.max()).max()?;
    let least = known.iter().filter_map(|(_, histogram)| histogram.min()).min()?;
    let records = known.iter().map(|(_, histogram)| histogram.count()).max()?;
    let (fewest, greatest) = NINES;
    let nines = records.checked_ilog10().unwrap_or_default().clamp(fewest, greatest);
    let y = Scale::durations(least, most);
    let line = |(name, histogram): &(&'static str, &Histogram)| Line {
        name: (*name).to_owned(),
        points: points(histogram, nines, y),
    };
    Some(Plot {
        title: "Latency by percentile".to_owned(),
        x_title: "percentile",
        x_ticks: (0..=nines).map(|nine| tick(nine, nines)).collect(),
        y_ticks: y.rounds(),
        shape: Shape::Lines(known.iter().map(line).collect()),
    })
}

fn points(histogram: &Histogram, nines: u32, y: Scale) -> Vec<(f64, f64)> {
    let all = nines * POINTS;
    let point = |place: u32| {
        let percent = 100.0 - 100.0 / 10_f64.powf(f64::from(place) / f64::from(POINTS));
        let value = histogram.percentile(percent)?;
        Some((f64::from(place) / f64::from(all), y.at(value as f64)))
    };
    (0..=all).filter_map(point).collect()
}

fn tick(nine: u32, nines: u32) -> Tick {
    let text = match nine {
        0 => "0".to_owned(),
        1 => "90".to_owned(),
        2 => "99".to_owned(),
        more => format!("99.{}", "9".repeat(more as usize - 2)),
    };
    Tick { at: f64::from(nine) / f64::from(nines), text: format!("{text} %") }
}
