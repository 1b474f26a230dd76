//! Aligned columns without borders.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table as Grid, presets};
use rhai::{Dynamic, ImmutableString, Map};

use super::cell::cell;

/// A row a map, a header of `columns`; numbers stand right.
pub fn rows(columns: &[ImmutableString], rows: &[Map], width: Option<usize>) -> String {
    let cells: Vec<Vec<(String, bool)>> = rows
        .iter()
        .map(|row| {
            let shown =
                |name: &ImmutableString| cell(row.get(name.as_str()).unwrap_or(&Dynamic::UNIT));
            columns.iter().map(shown).collect()
        })
        .collect();
    let mut grid = empty_grid(width);
    grid.set_header(columns.iter().map(ImmutableString::as_str));
    fill(grid, cells, width)
}

/// A line a key.
pub fn pairs(map: &Map, width: Option<usize>) -> String {
    let line = |(key, value): (&rhai::Identifier, &Dynamic)| {
        vec![(key.to_string(), false), (cell(value).0, false)]
    };
    fill(empty_grid(width), map.iter().map(line).collect(), width)
}

fn empty_grid(width: Option<usize>) -> Grid {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    if let Some(width) = width {
        // Two more, since the padding behind the last column is cut off again.
        grid.set_width(u16::try_from(width + 2).unwrap_or(u16::MAX));
        grid.set_content_arrangement(ContentArrangement::Dynamic);
    }
    grid
}

fn fill(mut grid: Grid, cells: Vec<Vec<(String, bool)>>, width: Option<usize>) -> String {
    let count = cells.first().map_or(0, Vec::len);
    let numeric: Vec<bool> = (0..count).map(|column| is_numeric(&cells, column)).collect();
    for row in cells {
        grid.add_row(row.into_iter().map(|(text, _)| Cell::new(shorten(text, width))));
    }
    for (index, numeric) in numeric.into_iter().enumerate() {
        let Some(column) = grid.column_mut(index) else { continue };
        column.set_padding((0, 2));
        if numeric {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    grid.trim_fmt()
}

fn is_numeric(cells: &[Vec<(String, bool)>], column: usize) -> bool {
    let mut shown =
        cells.iter().filter_map(|row| row.get(column)).filter(|(text, _)| !text.is_empty());
    shown.clone().next().is_some() && shown.all(|(_, number)| *number)
}

/// On a terminal a cell takes a few lines at most.
fn shorten(text: String, width: Option<usize>) -> String {
    let Some(most) = width.map(|width| width * 3) else { return text };
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}… ({} characters)", &text[..cut], text.chars().count()),
        None => text,
    }
}
