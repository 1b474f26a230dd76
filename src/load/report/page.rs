//! The page: the verdict first, then numbers, then pictures, then what was asked for.

use jiff::Timestamp;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{svg, tables};
use crate::load::Outcome;
use crate::load::outcome::{names, words};
use crate::load::plot::{Plot, Shape, plots};

/// How it looks: by day, by night, on a telephone and on paper.
const STYLE: &str = include_str!("style.css");

/// All of `outcome` as one HTML document.
pub fn page(outcome: &Outcome) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (verdict(outcome).0) ": " (outcome.name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (headline(outcome))
                main {
                    (tables::thresholds(outcome))
                    (tables::counts(outcome))
                    (tables::latencies(outcome))
                    (notes(outcome))
                    (tables::failures(outcome))
                    @for plot in plots(outcome) { (figure(&plot)) }
                    (tables::parameters(outcome))
                    (tables::parts(outcome))
                }
                footer { "kafkaefd " (env!("CARGO_PKG_VERSION")) }
            }
        }
    };
    page.into_string()
}

/// The verdict in a word, and its class.
fn verdict(outcome: &Outcome) -> (&'static str, &'static str) {
    match (outcome.verdicts.is_empty(), outcome.passed()) {
        (true, _) => ("Measured", "none"),
        (false, true) => ("Passed", "passed"),
        (false, false) => ("Failed", "failed"),
    }
}

fn headline(outcome: &Outcome) -> Markup {
    let (word, class) = verdict(outcome);
    let kept = outcome.verdicts.iter().filter(|verdict| verdict.passed).count();
    let seconds = words::duration((outcome.seconds() * 1e6) as u64);
    html! {
        header class=(class) {
            p.verdict {
                strong { (word) }
                @if outcome.verdicts.is_empty() {
                    " no thresholds were set"
                } @else {
                    " " (kept) " of " (outcome.verdicts.len()) " thresholds kept"
                }
            }
            h1 { (outcome.name) }
            p {
                (moment(outcome.started)) ", " (seconds)
                @if !outcome.parts.is_empty() { ", " (outcome.parts.len()) " processes" }
            }
        }
    }
}

/// A moment in milliseconds since 1970 as people write it.
pub fn moment(ms: i64) -> String {
    match Timestamp::from_millisecond(ms) {
        Ok(moment) => moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        Err(_) => format!("{ms} ms since 1970"),
    }
}

fn notes(outcome: &Outcome) -> Markup {
    let mut notes = outcome.notes();
    let read = outcome.histograms.get(names::END_TO_END).is_some_and(|h| !h.is_empty());
    if read && outcome.clocks.two == 0 && outcome.clocks.kafka == 0 && outcome.clocks.one > 0 {
        notes.push("one clock measured both ends of all records: no skew".to_owned());
    }
    html! {
        @if !notes.is_empty() {
            section {
                h2 { "To be known" }
                ul { @for note in notes { li { (note) } } }
            }
        }
    }
}

fn figure(plot: &Plot) -> Markup {
    let names = match &plot.shape {
        Shape::Lines(lines) if lines.len() > 1 => lines.as_slice(),
        _ => &[],
    };
    html! {
        figure {
            figcaption {
                h2 { (plot.title) }
                @for (place, line) in names.iter().enumerate() {
                    span.name { (svg::sample(place)) (line.name) }
                }
            }
            (svg::draw(plot, svg::WIDE))
            (svg::draw(plot, svg::NARROW))
        }
    }
}
