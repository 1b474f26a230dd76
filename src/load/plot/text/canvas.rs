//! Lines of dots: a character of braille has two beside each other and four above each other.

use crate::load::plot::Line;

/// Dots of a character, across and down.
const DOTS: (usize, usize) = (2, 4);
/// The character without dots; each dot adds its bit.
const BLANK: u32 = 0x2800;
/// The bits of the dots, row by row.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// `lines` in so many rows of so many columns.
pub fn draw(lines: &[Line], columns: usize, rows: usize) -> Vec<String> {
    let mut canvas = Canvas { columns, cells: vec![0; columns * rows] };
    let across = (columns * DOTS.0).saturating_sub(1) as f64;
    let down = (rows * DOTS.1).saturating_sub(1) as f64;
    let dot = |(x, y): (f64, f64)| (x * across, (1.0 - y) * down);
    for line in lines {
        for ends in line.points.windows(2) {
            if let &[from, to] = ends {
                canvas.stroke(dot(from), dot(to));
            }
        }
    }
    canvas.cells.chunks(columns.max(1)).map(text).collect()
}

struct Canvas {
    columns: usize,
    /// The dots of each character, row by row.
    cells: Vec<u8>,
}

impl Canvas {
    /// Dots from one to the other, as many as the longer way needs.
    fn stroke(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let steps = (x2 - x1).abs().max((y2 - y1).abs()).ceil().max(1.0);
        for step in 0..=steps as usize {
            let part = step as f64 / steps;
            let (x, y) = (x1 + part * (x2 - x1), y1 + part * (y2 - y1));
            self.dot(x.round() as usize, y.round() as usize);
        }
    }

    fn dot(&mut self, x: usize, y: usize) {
        let (across, down) = DOTS;
        let cell = self.cells.get_mut(y / down * self.columns + x / across);
        let bit = BITS.get(y % down).and_then(|bits| bits.get(x % across));
        if let (Some(cell), Some(bit)) = (cell, bit) {
            *cell |= bit;
        }
    }
}

/// A row; nothing is a space, which all fonts have.
fn text(cells: &[u8]) -> String {
    let character = |cell: &u8| match cell {
        0 => ' ',
        dots => char::from_u32(BLANK + u32::from(*dots)).unwrap_or(' '),
    };
    cells.iter().map(character).collect()
}
