//! A value as the text of one table cell.

use rhai::Dynamic;

use crate::formats::avro::{Schema, hex};
use crate::modules::text::visible;

/// Longest blob shown whole.
const PREVIEW: usize = 24;

/// The text of `value` in a cell, and whether it is a number.
pub fn cell(value: &Dynamic) -> (String, bool) {
    if let Some(text) = scalar(value) {
        let number = value.is_int() || value.is_float();
        return (text, number);
    }
    (serde_json::to_string(&super::plain::json(value)).unwrap_or_default(), false)
}

/// The text of a value that is no array, no map and no schema.
pub fn scalar(value: &Dynamic) -> Option<String> {
    if value.is_unit() {
        Some(String::new())
    } else if let Ok(number) = value.as_float() {
        Some(float(number))
    } else if let Some(bytes) = value.read_lock::<rhai::Blob>() {
        Some(blob(&bytes))
    } else if value.is_array() || value.is_map() || value.is::<Schema>() {
        None
    } else if let Some(text) = value.read_lock::<rhai::ImmutableString>() {
        Some(visible(&text))
    } else {
        Some(visible(&value.to_string()))
    }
}

/// Hexadecimal, shortened, with the length.
fn blob(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(PREVIEW)];
    let dots = if bytes.len() > PREVIEW { "…" } else { "" };
    format!("0x{}{dots} ({} bytes)", hex(shown), bytes.len())
}

/// The shortest text that a person takes for the number: binary noise is rounded away.
fn float(number: f64) -> String {
    let exact = format!("{number:?}");
    if exact.chars().filter(char::is_ascii_digit).count() <= 12 || !number.is_finite() {
        return exact;
    }
    let single = number as f32;
    if number.fract() != 0.0 && f64::from(single).to_bits() == number.to_bits() {
        return format!("{single:?}"); // an Avro float: 0.1, not 0.10000000149011612
    }
    format!("{number:.14e}").parse().map_or(exact, |rounded: f64| format!("{rounded:?}"))
}
