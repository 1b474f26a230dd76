//! Pictures as plain text, for a terminal or a log: no colours, nothing wider than asked.

mod canvas;

use super::{Bar, Line, Plot, Shape, Tick, plots};
use crate::load::Outcome;
use crate::load::outcome::words;

/// The least width in which anything can be seen.
const LEAST: usize = 40;
/// The most that is of use.
const MOST: usize = 160;
/// Rows of a picture of lines.
const ROWS: usize = 10;
/// The end of a bar by the eighths of it that are left.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The pictures of `outcome` below each other, at most `width` columns wide; `nothing to draw` where
/// nothing was measured.
pub fn draw(outcome: &Outcome, width: usize) -> String {
    let width = width.clamp(LEAST, MOST);
    let drawn: Vec<String> = plots(outcome).iter().map(|plot| picture(plot, width)).collect();
    if drawn.is_empty() {
        return "nothing to draw: nothing was measured".to_owned();
    }
    drawn.join("\n\n")
}

fn picture(plot: &Plot, width: usize) -> String {
    let rows = match &plot.shape {
        Shape::Lines(lines) => lined(plot, lines, width),
        Shape::Bars(bars) => barred(bars, width),
    };
    let mut text = plot.title.clone();
    for row in rows {
        text.push('\n');
        text.push_str(row.trim_end());
    }
    text
}

/// Lines in a frame, with their names on the right at the heights where they end.
fn lined(plot: &Plot, lines: &[Line], width: usize) -> Vec<String> {
    let left = plot.y_ticks.iter().map(|tick| tick.text.chars().count()).max().unwrap_or_default();
    let right = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or_default();
    let columns = width.saturating_sub(left + right + 4).max(10);
    let marks = at_rows(plot.y_ticks.iter().rev().map(|tick| (tick.at, tick.text.as_str())));
    let ends = lines.iter().map(|line| {
        let last = line.points.last().map_or(0.0, |(_, height)| *height);
        (last, line.name.as_str())
    });
    let ends = apart(ends.collect());
    let canvas = canvas::draw(lines, columns, ROWS);
    let mut rows = Vec::new();
    for ((row, mark), end) in canvas.iter().zip(marks).zip(ends) {
        let frame = if mark.is_empty() { '│' } else { '┤' };
        rows.push(format!("{mark:>left$} {frame}{row} {end}"));
    }
    let (frame, below) = ground(&plot.x_ticks, columns, width - left - 2);
    rows.push(format!("{:left$} └{frame}", ""));
    let title = plot.x_title;
    let fits = left + 3 + below.chars().count() + title.chars().count() <= width;
    let title = if fits { title } else { "" };
    rows.push(format!("{:left$}  {below} {title}", ""));
    rows
}

/// The row of a height between 0 and 1.
fn row(height: f64) -> usize {
    ((1.0 - height) * (ROWS - 1) as f64).round() as usize
}

/// The texts at their rows, one a row: the first of them.
fn at_rows<'a>(texts: impl Iterator<Item = (f64, &'a str)>) -> Vec<&'a str> {
    let mut rows = vec![""; ROWS];
    for (height, text) in texts {
        if let Some(place) = rows.get_mut(row(height)).filter(|place| place.is_empty()) {
            *place = text;
        }
    }
    rows
}

/// The texts at their rows from above, moved to a free row where two want the same.
fn apart(mut texts: Vec<(f64, &str)>) -> Vec<&str> {
    texts.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut rows = vec![""; ROWS];
    for (height, text) in texts {
        let wanted = row(height);
        let below = wanted..ROWS;
        let above = (0..wanted).rev();
        let free = below.chain(above).find(|place| rows.get(*place).is_some_and(|t| t.is_empty()));
        if let Some(place) = free.and_then(|place| rows.get_mut(place)) {
            *place = text;
        }
    }
    rows
}

/// The ground line with its marks, and what they say where there is room for it.
fn ground(ticks: &[Tick], columns: usize, room: usize) -> (String, String) {
    let mut frame = vec!['─'; columns];
    let mut below: Vec<char> = Vec::new();
    for tick in ticks {
        let column = (tick.at * (columns - 1) as f64).round() as usize;
        let length = tick.text.chars().count();
        let from = column.saturating_sub(length / 2);
        let gap = if below.is_empty() { 0 } else { below.len() + 1 };
        if from < gap || from + length > room {
            continue;
        }
        if let Some(place) = frame.get_mut(column) {
            *place = '┬';
        }
        below.resize(from, ' ');
        below.extend(tick.text.chars());
    }
    (frame.into_iter().collect(), below.into_iter().collect())
}

/// Bars that lie below each other, with what they stand for on the left and how many on the right.
fn barred(bars: &[Bar], width: usize) -> Vec<String> {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default().max(1);
    let left = bars.iter().map(|bar| bar.range.chars().count()).max().unwrap_or_default();
    let right = words::count(most).chars().count();
    let columns = width.saturating_sub(left + right + 4).max(10);
    let row = |bar: &Bar| {
        // Even a single record shows.
        let eighths = (bar.count as f64 / most as f64 * (columns * 8) as f64).round() as usize;
        let eighths = eighths.max(usize::from(bar.count > 0));
        let rest = EIGHTHS.get(eighths % 8).filter(|_| eighths % 8 > 0);
        let drawn: String = std::iter::repeat_n(&'█', eighths / 8).chain(rest).collect();
        let beside = if bar.count > 0 { words::count(bar.count) } else { String::new() };
        format!("{:>left$} │{drawn} {beside}", bar.range)
    };
    bars.iter().map(row).collect()
}
