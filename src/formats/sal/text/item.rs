//! The items of a topic: each becomes one field.

use super::cursor::Cursor;
use super::fault::{Fault, Why};
use super::quoted::{Reading, quoted, text};
use crate::formats::avro::plan::{Field, Scalar, Shape, Symbols, put_bytes, put_double, put_long};

/// Reads the item of `field` at the cursor and writes it; `last` if no item follows.
#[inline]
pub fn write(
    field: &Field,
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    if let Some(branch) = field.branch {
        put_long(branch, out);
    }
    match &field.shape {
        Shape::One(scalar) => one(scalar, cursor, last, reading, out),
        Shape::Many { items, count } => {
            let count = count.unwrap_or(1);
            // A message that is too short for its array gets no room before that is found out.
            let fits = count <= cursor.text.len().saturating_sub(cursor.at);
            match items {
                Scalar::Double if fits => doubles(count, cursor, out),
                Scalar::Float if fits => floats(count, cursor, out),
                Scalar::String => texts(count, cursor, last, reading, out),
                Scalar::Bytes if cursor.text.get(cursor.at) == Some(&b'\'') => {
                    letters(cursor, last, reading, out)
                }
                items => many(items, count, cursor, last, reading, out),
            }
        }
    }
}

#[inline]
fn one(
    scalar: &Scalar,
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    match scalar {
        Scalar::Boolean => out.push(u8::from(cursor.boolean()?)),
        Scalar::Int => put_long(cursor.int()?, out),
        Scalar::Long => put_long(cursor.long()?, out),
        // The rounding twice, to f64 and then to f32, is the layout's rule.
        Scalar::Float => out.extend_from_slice(&(cursor.double()? as f32).to_le_bytes()),
        Scalar::Double => put_double(cursor.double()?, out),
        Scalar::String => put_bytes(text(cursor, last, reading)?, out),
        Scalar::Bytes => byte(cursor, last, reading, out)?,
        Scalar::Enum(symbols) => put_long(symbol(symbols, cursor, last, reading)?, out),
    }
    Ok(())
}

/// An array in one block: its length, its items, a zero.
fn many(
    items: &Scalar,
    count: usize,
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    put_long(count as i64, out);
    for element in 0..count {
        if element > 0 {
            cursor.comma().map_err(|fault| fault.of_element(element))?;
        }
        let last = last && element + 1 == count;
        one(items, cursor, last, reading, out).map_err(|fault| fault.of_element(element))?;
    }
    out.push(0);
    Ok(())
}

fn doubles(count: usize, cursor: &mut Cursor<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
    numbers::<8>(count, cursor, out, f64::to_le_bytes)
}

fn floats(count: usize, cursor: &mut Cursor<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
    numbers::<4>(count, cursor, out, |value| (value as f32).to_le_bytes())
}

/// An array of numbers of `N` bytes each, written into room that is made once.
fn numbers<const N: usize>(
    count: usize,
    cursor: &mut Cursor<'_>,
    out: &mut Vec<u8>,
    bytes: impl Fn(f64) -> [u8; N],
) -> Result<(), Fault> {
    put_long(count as i64, out);
    let start = out.len();
    out.resize(start + count * N + 1, 0);
    let room = out.get_mut(start..).unwrap_or_default();
    for (element, to) in room.chunks_exact_mut(N).enumerate() {
        if element > 0 && !cursor.usual_comma() {
            cursor.comma().map_err(|fault| fault.of_element(element))?;
        }
        let value = match cursor.usual_double() {
            Some(value) => value,
            None => cursor.any_double().map_err(|fault| fault.of_element(element))?,
        };
        to.copy_from_slice(&bytes(value));
    }
    Ok(())
}

/// A string array is sent as one quoted text. It is `count` strings if it holds as many parts
/// joined by `', '`, else one.
fn texts(
    count: usize,
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    const BETWEEN: &str = "', '";
    let at = cursor.at;
    let all = std::str::from_utf8(quoted(cursor, last, reading)?);
    let all = all.map_err(|_| Fault::new(Why::Utf8, at))?;
    if all.matches(BETWEEN).count() + 1 == count {
        put_long(count as i64, out);
        for part in all.split(BETWEEN) {
            put_bytes(part.as_bytes(), out);
        }
    } else {
        put_long(1, out);
        put_bytes(all.as_bytes(), out);
    }
    out.push(0);
    Ok(())
}

/// A byte as SAL sends it: a decimal number; or characters in quotes.
fn byte(
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let at = cursor.at;
    if cursor.text.get(at) == Some(&b'\'') {
        let text = quoted(cursor, last, reading)?;
        if text.is_empty() {
            return Err(Fault::new(Why::Byte, at));
        }
        put_bytes(text, out);
        return Ok(());
    }
    let value = cursor.long().ok().and_then(|value| u8::try_from(value).ok());
    let value = value.ok_or(Fault::new(Why::Byte, at))?;
    put_bytes(&[value], out);
    Ok(())
}

/// An array of characters, sent as one quoted text: one item a character.
fn letters(
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let text = quoted(cursor, last, reading)?;
    if !text.is_empty() {
        put_long(text.len() as i64, out);
        for letter in text {
            put_bytes(&[*letter], out);
        }
    }
    out.push(0);
    Ok(())
}

/// The position of an enum's symbol, sent as its value or as its name.
fn symbol(
    symbols: &Symbols,
    cursor: &mut Cursor<'_>,
    last: bool,
    reading: &mut Reading,
) -> Result<i64, Fault> {
    let at = cursor.at;
    let found = match cursor.text.get(at) {
        Some(b'\'') => {
            let name = quoted(cursor, last, reading)?;
            symbols.names.iter().position(|symbol| symbol.as_bytes() == name)
        }
        Some(b'0'..=b'9' | b'-' | b'+') => {
            let value = cursor.long()?;
            symbols.values.iter().position(|symbol| *symbol == value)
        }
        _ => {
            let name = cursor.token();
            cursor.at += name.len();
            symbols.names.iter().position(|symbol| symbol.as_bytes() == name)
        }
    };
    found.map(|position| position as i64).ok_or(Fault::new(Why::Symbol, at))
}
