//! Any value that a field can hold: the ends of its range, awkward text, what is no number.

use apache_avro::types::Value;

use super::draw::Draw;
use crate::formats::avro::plan::{Field, Scalar, Shape};
use crate::formats::sal::interfaces::IdlType;
use crate::formats::sal::text::holds;

/// What the texts are made of.
const PIECES: [&str; 16] = [
    "'", ",", ", ", " , ", "(", ")", ":(", " ", "\n", "\"", "0", "-1.5e3", "nan", "O'Hara",
    "20 °C", "µ",
];

/// A value for each of `fields`, drawn from `draw`; `types` are the types of the items in the
/// interfaces, as far as they are known: they may be narrower than Avro's.
pub fn any(fields: &[Field], types: &[IdlType], draw: &mut impl Draw) -> Vec<Value> {
    let value = |(at, field): (usize, &Field)| {
        let last = at + 1 == fields.len();
        let idl = types.get(at).copied();
        match &field.shape {
            Shape::One(kind) => one(kind, idl, last, draw),
            Shape::Many { items: Scalar::String, count } => texts(count.unwrap_or(1), draw),
            Shape::Many { items, count } => {
                let values = (0..count.unwrap_or(1)).map(|_| one(items, idl, last, draw));
                Value::Array(values.collect())
            }
        }
    };
    fields.iter().enumerate().map(value).collect()
}

fn one(kind: &Scalar, idl: Option<IdlType>, last: bool, draw: &mut impl Draw) -> Value {
    match kind {
        Scalar::Boolean => Value::Boolean(draw.below(2) == 1),
        Scalar::Int => Value::Long(integer(idl, i32::MIN.into(), i32::MAX.into(), draw)),
        Scalar::Long => Value::Long(integer(idl, i64::MIN, i64::MAX, draw)),
        Scalar::Bytes => Value::Bytes(vec![integer(None, 0, 255, draw) as u8]),
        Scalar::Float => Value::Float(single(draw)),
        Scalar::Double => Value::Double(double(draw)),
        Scalar::String => Value::String(text(last, draw)),
        Scalar::Enum(symbols) => {
            let at = draw.below(symbols.names.len() as u64) as usize;
            Value::String(symbols.names.get(at).cloned().unwrap_or_default())
        }
    }
}

/// An integer from `low` to `high` that the type `idl` has too.
fn integer(idl: Option<IdlType>, low: i64, high: i64, draw: &mut impl Draw) -> i64 {
    let (least, most) = idl.map_or((i64::MIN, i64::MAX), IdlType::range);
    let (low, high) = (low.max(least), high.min(most));
    match draw.below(6) {
        0 => low,
        1 => high,
        2 => 0,
        3 => 1_i64.clamp(low, high),
        4 => (-1_i64).clamp(low, high),
        _ => {
            let span = high.wrapping_sub(low) as u64;
            let way = if span == u64::MAX { draw.word() } else { draw.word() % (span + 1) };
            low.wrapping_add(way as i64)
        }
    }
}

fn double(draw: &mut impl Draw) -> f64 {
    match draw.below(10) {
        0 => 0.0,
        1 => -0.0,
        2 => f64::NAN,
        3 => f64::INFINITY,
        4 => f64::NEG_INFINITY,
        5 => f64::MAX,
        6 => f64::MIN_POSITIVE,
        7 => number(f64::from_bits(draw.word())),
        _ => draw.below(1 << 40) as f64 / 1e6 - 5e5,
    }
}

fn single(draw: &mut impl Draw) -> f32 {
    match draw.below(10) {
        0 => 0.0,
        1 => -0.0,
        2 => f32::NAN,
        3 => f32::INFINITY,
        4 => f32::NEG_INFINITY,
        5 => f32::MAX,
        6 => f32::MIN_POSITIVE,
        7 => number(f64::from(f32::from_bits(draw.below(1 << 32) as u32))) as f32,
        _ => (draw.below(1 << 24) as f64 / 1e3) as f32,
    }
}

/// There are many NaN, but text has one word for them.
fn number(any: f64) -> f64 {
    if any.is_nan() { f64::NAN } else { any }
}

fn text(last: bool, draw: &mut impl Draw) -> String {
    let text = pieces(draw);
    if holds(text.as_bytes(), last) { text } else { text.replace('\'', "") }
}

fn pieces(draw: &mut impl Draw) -> String {
    let count = draw.below(9);
    let piece = |_| PIECES.get(draw.below(PIECES.len() as u64) as usize).copied();
    (0..count).filter_map(piece).collect()
}

/// One text or as many as the array holds: without quotes, since these part them, and without a
/// blank at the start, which with a comma after it would make the quote before it a closing one.
fn texts(count: usize, draw: &mut impl Draw) -> Value {
    let count = if draw.below(2) == 0 { 1 } else { count };
    let plain = |_| Value::String(pieces(draw).replace('\'', "").trim_start().to_owned());
    Value::Array((0..count).map(plain).collect())
}
