//! Values as the items of a message.

use std::fmt::Write as _;

use apache_avro::types::Value;

use super::quoted;
use crate::formats::avro::integer;
use crate::formats::avro::plan::{Scalar, Shape, Symbols};

/// What is wrong with text that holds a quote where the item would seem to end.
pub const NOT_TOLD: &str = "its text holds a quote that would be taken for the closing one";

/// Between two texts of an array.
const BETWEEN: &str = "', '";

/// Appends the item of a field: `value`, or zero where there is none; `last` if no item follows.
/// The error says what is wrong with the value.
pub fn item(
    shape: &Shape,
    value: Option<&Value>,
    last: bool,
    text: &mut String,
) -> Result<(), String> {
    match (shape, value) {
        (Shape::One(kind), Some(value)) => scalar(kind, value, last, text),
        (Shape::One(kind), None) => {
            text.push_str(&zero(kind));
            Ok(())
        }
        (Shape::Many { items: Scalar::String, .. }, None) => {
            text.push_str("''");
            Ok(())
        }
        (Shape::Many { items, count }, None) => {
            text.push_str(&vec![zero(items); count.unwrap_or(1)].join(", "));
            Ok(())
        }
        (Shape::Many { items, count }, Some(value)) => {
            many(items, count.unwrap_or(1), value, last, text)
        }
    }
}

fn many(
    kind: &Scalar,
    count: usize,
    value: &Value,
    last: bool,
    text: &mut String,
) -> Result<(), String> {
    let values = match (kind, value) {
        (_, Value::Array(values)) => values,
        (Scalar::String | Scalar::Bytes, Value::String(one)) => {
            return quote(one.as_bytes(), last, text);
        }
        (Scalar::Bytes, Value::Bytes(bytes)) => return quote(bytes, last, text),
        _ => return Err(format!("{} is no array", shown(value))),
    };
    match kind {
        Scalar::String => return texts(values, count, last, text),
        // Characters that came in quotes: as many as there were.
        Scalar::Bytes if values.len() != count => {
            let letter = |value: &Value| match value {
                Value::Bytes(bytes) if bytes.len() == 1 => bytes.first().copied(),
                other => integer(other).and_then(|number| u8::try_from(number).ok()),
            };
            let letters: Option<Vec<u8>> = values.iter().map(letter).collect();
            return quote(&letters.ok_or("it has a value that is no byte")?, last, text);
        }
        _ => {}
    }
    if values.len() != count {
        return Err(format!("it has {} values, not {count}", values.len()));
    }
    for (at, value) in values.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { ", " });
        scalar(kind, value, last && at + 1 == count, text)?;
    }
    Ok(())
}

/// An array of texts is one item: all of them, or the one text that was sent.
fn texts(values: &[Value], count: usize, last: bool, text: &mut String) -> Result<(), String> {
    let part = |value| match value {
        &Value::String(ref text) | &Value::Enum(_, ref text) => Ok(text.as_str()),
        other => Err(format!("{} is no text", shown(other))),
    };
    let parts = values.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    if ![1, count].contains(&parts.len()) {
        return Err(format!("it has {} values, not {count}", parts.len()));
    }
    let all = parts.join(BETWEEN);
    let told = all.matches(BETWEEN).count() + 1 == count;
    if told != (parts.len() == count) || (told && !all.split(BETWEEN).eq(parts)) {
        return Err(NOT_TOLD.into());
    }
    quote(all.as_bytes(), last, text)
}

fn scalar(kind: &Scalar, value: &Value, last: bool, text: &mut String) -> Result<(), String> {
    let fails = |wanted: &str| format!("{} is no {wanted}", shown(value));
    let within = |low: i64, high: i64| {
        let number = integer(value).filter(|number| (low..=high).contains(number));
        number.ok_or_else(|| format!("{} is no integer from {low} to {high}", shown(value)))
    };
    // Writing into a string cannot fail.
    let _ = match (kind, value) {
        (Scalar::Boolean, Value::Boolean(flag)) => write!(text, "{}", i32::from(*flag)),
        (Scalar::Boolean, _) => return Err(fails("boolean")),
        (Scalar::Int, _) => write!(text, "{}", within(i32::MIN.into(), i32::MAX.into())?),
        (Scalar::Long, _) => write!(text, "{}", within(i64::MIN, i64::MAX)?),
        (Scalar::Bytes, Value::Bytes(bytes)) => match bytes.as_slice() {
            [byte] => write!(text, "{byte}"),
            [] => return Err(fails("byte")),
            bytes => return quote(bytes, last, text),
        },
        (Scalar::Bytes, _) => write!(text, "{}", within(0, 255)?),
        (Scalar::Float | Scalar::Double, _) => {
            let number = real(value).ok_or_else(|| fails("number"))?;
            write!(text, "{}", decimal(number, *kind == Scalar::Float))
        }
        (Scalar::String, Value::String(value) | Value::Enum(_, value)) => {
            return quote(value.as_bytes(), last, text);
        }
        (Scalar::String, _) => return Err(fails("text")),
        (Scalar::Enum(symbols), _) => {
            let word = symbol(symbols, value).ok_or_else(|| fails("symbol of the enumeration"))?;
            write!(text, "{word}")
        }
    };
    Ok(())
}

/// What stands for a symbol, given as name or number: its number, or where another symbol has that
/// too, its name.
fn symbol(symbols: &Symbols, value: &Value) -> Option<String> {
    let (Value::String(name) | Value::Enum(_, name)) = value else {
        let number = integer(value)?;
        return symbols.values.contains(&number).then(|| number.to_string());
    };
    let at = symbols.names.iter().position(|symbol| symbol == name)?;
    let number = symbols.values.get(at)?;
    let first = symbols.values.iter().position(|value| value == number) == Some(at);
    Some(if first { number.to_string() } else { format!("'{name}'") })
}

/// `text` in quotes, if a reader can tell where it ends.
fn quote(bytes: &[u8], last: bool, text: &mut String) -> Result<(), String> {
    let inner = std::str::from_utf8(bytes).map_err(|_| "its bytes are no UTF-8 text")?;
    if !quoted::holds(bytes, last) {
        return Err(NOT_TOLD.into());
    }
    let _ = write!(text, "'{inner}'");
    Ok(())
}

fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(f64::from(*number)),
        Value::Double(number) => Some(*number),
        Value::String(word) => match word.to_lowercase().as_str() {
            "nan" => Some(f64::NAN),
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        other => Some(integer(other)? as f64),
    }
}

/// `number` with six decimals, as SAL writes it, where these are enough to read it back, else with
/// as many digits as it takes; `single` if it is read as 32 bits.
fn decimal(number: f64, single: bool) -> String {
    if !number.is_finite() {
        let word = if number.is_nan() { "nan" } else { "inf" };
        return if number.is_sign_negative() { format!("-{word}") } else { word.into() };
    }
    let same = |text: &str| match text.parse::<f64>() {
        Ok(read) if single => (read as f32).to_bits() == (number as f32).to_bits(),
        Ok(read) => read.to_bits() == number.to_bits(),
        Err(_) => false,
    };
    let usual = format!("{number:.6}");
    // No digit of a number that large stands behind the point.
    if number.abs() < 1e21 && same(&usual) {
        return usual;
    }
    let short = format!("{:e}", number as f32);
    let text = if single && same(&short) { short } else { format!("{number:e}") };
    // As C writes exponents.
    if text.contains("e-") { text } else { text.replace('e', "e+") }
}

/// What stands for no value.
fn zero(kind: &Scalar) -> String {
    match kind {
        Scalar::Boolean | Scalar::Int | Scalar::Long | Scalar::Bytes => "0".into(),
        Scalar::Float | Scalar::Double => "0.000000".into(),
        Scalar::String => "''".into(),
        Scalar::Enum(symbols) => symbols.values.first().map_or_else(String::new, i64::to_string),
    }
}

/// `value` for a message.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Boolean(flag) => flag.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Array(values) => format!("an array of {}", values.len()),
        Value::Bytes(bytes) => format!("a blob of {}", bytes.len()),
        Value::Map(_) | Value::Record(_) => "a map".into(),
        other => integer(other).map_or_else(|| "it".into(), |number| number.to_string()),
    }
}
