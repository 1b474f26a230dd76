//! The one renderer of values: what `main` returns, what a session shows, what `out` prints.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, ImmutableString, Map};

use super::types::Table;
use super::{cell, grid, plain};
use crate::formats::avro::Schema;
use crate::load::Outcome;
use crate::settings::Output;

/// The text of any `value` of `engine`, handles included; see [`render`].
pub fn show(engine: &Engine, value: Dynamic, output: Output, width: Option<usize>) -> String {
    if let (Output::Table, Some(outcome)) = (output, value.read_lock::<Arc<Outcome>>()) {
        return outcome.to_string(); // a summary for people, not a line a key
    }
    render(&plain::plain(engine, value), output, width)
}

/// One of many values in the form `output`: a line of JSON, or a document of YAML.
pub fn line(engine: &Engine, value: Dynamic, output: Output) -> String {
    let value = plain::plain(engine, value);
    match output {
        Output::Table => render(&value, output, None),
        Output::Json => serde_json::to_string(&plain::json(&value)).unwrap_or_default(),
        Output::Yaml => format!("---\n{}", yaml(&value)),
    }
}

/// The text of any `value` of `engine` in the cell of a table.
pub fn cell(engine: &Engine, value: Dynamic) -> String {
    cell::cell(&plain::plain(engine, value)).0
}

/// The text of `value` in the form `output`, without a newline at its end; `()` is empty.
///
/// `width` is the number of columns of the terminal; without one, lines are as long as they are.
/// As a table, maps in an array are rows, a map is a line a key, and a string is itself.
pub fn render(value: &Dynamic, output: Output, width: Option<usize>) -> String {
    if value.is_unit() {
        return String::new();
    }
    match output {
        Output::Table => table(value, width),
        Output::Json => serde_json::to_string_pretty(&plain::json(value)).unwrap_or_default(),
        Output::Yaml => yaml(value),
    }
}

fn yaml(value: &Dynamic) -> String {
    let text = serde_saphyr::to_string(&plain::json(value)).unwrap_or_default();
    text.trim_end_matches('\n').to_owned()
}

fn table(value: &Dynamic, width: Option<usize>) -> String {
    if let Some(table) = value.read_lock::<Table>() {
        if table.rows.is_empty() {
            return table.empty.to_string();
        }
        return grid::rows(&table.columns, &table.rows, width);
    }
    if let Some(items) = value.read_lock::<Array>() {
        return list(&items, width);
    }
    if let Some(map) = value.read_lock::<Map>() {
        return if map.is_empty() { "#{}".to_owned() } else { grid::pairs(&map, width) };
    }
    if let Some(schema) = value.read_lock::<Schema>() {
        return format!("{:#}", schema.json());
    }
    match value.read_lock::<ImmutableString>() {
        Some(text) => text.to_string(),
        None => cell::cell(value).0,
    }
}

/// Maps are rows of a table; other items are a line each.
fn list(items: &Array, width: Option<usize>) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    let maps: Option<Vec<Map>> = items.iter().map(|item| item.clone().try_cast()).collect();
    let Some(rows) = maps else {
        return items.iter().map(|item| cell::cell(item).0).collect::<Vec<_>>().join("\n");
    };
    let mut columns: Vec<ImmutableString> = Vec::new();
    for key in rows.iter().flat_map(|row| row.keys()) {
        if !columns.iter().any(|column| column.as_str() == key.as_str()) {
            columns.push(key.as_str().into());
        }
    }
    grid::rows(&columns, &rows, width)
}
