//! Pictures as SVG whose colours are those of the page's style.

use maud::{Markup, html};

use crate::load::outcome::words;
use crate::load::plot::{Bar, Line, Plot, Shape, Tick};

/// The size of a picture in the pixels of its text, and the class that shows it.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    width: f64,
    height: f64,
    class: &'static str,
}

/// For paper and large screens.
pub const WIDE: Size = Size { width: 760.0, height: 280.0, class: "plot large" };
/// For telephones.
pub const NARROW: Size = Size { width: 360.0, height: 240.0, class: "plot small" };

/// Room above the frame, for half a line of text.
const ABOVE: f64 = 10.0;
/// Room below the frame, for the marks and what they are.
const BELOW: f64 = 42.0;
/// Room to the right of the frame, for half a mark.
const RIGHT: f64 = 24.0;
/// The width of a character, at most.
const CHARACTER: f64 = 7.5;

/// Where the frame is.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn x(self, place: f64) -> f64 {
        self.left + place * self.width
    }

    fn y(self, height: f64) -> f64 {
        self.top + (1.0 - height) * self.height
    }
}

/// `plot` in the given size.
pub fn draw(plot: &Plot, size: Size) -> Markup {
    let longest = plot.y_ticks.iter().map(|tick| tick.text.chars().count()).max();
    let left = longest.unwrap_or_default() as f64 * CHARACTER + 10.0;
    let frame = Frame {
        left,
        top: ABOVE,
        width: size.width - left - RIGHT,
        height: size.height - ABOVE - BELOW,
    };
    html! {
        svg class=(size.class) viewBox={ "0 0 " (size.width) " " (size.height) } role="img"
            aria-label=(plot.title) {
            @for tick in &plot.y_ticks { (y_tick(frame, tick)) }
            @for tick in &plot.x_ticks { (x_mark(frame, tick)) }
            @for (place, tick) in spaced(frame, &plot.x_ticks) {
                text.tick x=(n(place)) y=(n(frame.y(0.0) + 18.0)) text-anchor="middle" { (tick.text) }
            }
            text.axis x=(n(frame.x(0.5))) y=(n(size.height - 6.0)) text-anchor="middle" {
                (plot.x_title)
            }
            @match &plot.shape {
                Shape::Lines(lines) => @for (place, line) in lines.iter().enumerate() {
                    path class=(style(place)) d=(path(frame, line)) {}
                },
                Shape::Bars(bars) => @for bar in bars { (column(frame, bar)) },
            }
        }
    }
}

/// A short line as the one at `place` is drawn, to stand before its name.
pub fn sample(place: usize) -> Markup {
    html! {
        svg.sample viewBox="0 0 28 10" aria-hidden="true" {
            path class=(style(place)) d="M1 5H27" {}
        }
    }
}

fn style(place: usize) -> String {
    format!("line line-{}", place % 3 + 1)
}

fn y_tick(frame: Frame, tick: &Tick) -> Markup {
    let y = frame.y(tick.at);
    html! {
        line.grid x1=(n(frame.left)) y1=(n(y)) x2=(n(frame.x(1.0))) y2=(n(y)) {}
        text.tick x=(n(frame.left - 6.0)) y=(n(y + 4.0)) text-anchor="end" { (tick.text) }
    }
}

fn x_mark(frame: Frame, tick: &Tick) -> Markup {
    let (x, y) = (frame.x(tick.at), frame.y(0.0));
    html! { line.mark x1=(n(x)) y1=(n(y)) x2=(n(x)) y2=(n(y + 5.0)) {} }
}

/// The marks whose texts do not touch the one before, with their places.
fn spaced(frame: Frame, ticks: &[Tick]) -> Vec<(f64, &Tick)> {
    let mut free = 0.0;
    let mut kept = Vec::new();
    for tick in ticks {
        let (place, half) = (frame.x(tick.at), tick.text.chars().count() as f64 * CHARACTER / 2.0);
        if place - half >= free {
            free = place + half + CHARACTER;
            kept.push((place, tick));
        }
    }
    kept
}

fn path(frame: Frame, line: &Line) -> String {
    let point = |(at, (x, y)): (usize, &(f64, f64))| {
        let command = if at == 0 { 'M' } else { 'L' };
        format!("{command}{} {}", n(frame.x(*x)), n(frame.y(*y)))
    };
    line.points.iter().enumerate().map(point).collect()
}

fn column(frame: Frame, bar: &Bar) -> Markup {
    let (x, ground) = (frame.x(bar.from), frame.y(0.0));
    // Even a single record shows.
    let height = match bar.count {
        0 => 0.0,
        _ => (bar.height * frame.height).max(1.5),
    };
    let width = (frame.x(bar.to) - x - 1.0).max(1.0);
    html! {
        rect.bar x=(n(x + 0.5)) y=(n(ground - height)) width=(n(width)) height=(n(height)) {
            title { (bar.range) ": " (words::count(bar.count)) }
        }
    }
}

/// A tenth of a pixel is enough.
fn n(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
