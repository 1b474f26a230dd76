//! Text in single quotes, which may hold any character: where does it end?
//!
//! Nothing is escaped, so a quote in the text looks like the closing one. The reading taken is the
//! first that fits the whole message; `' , '` always separates two items.

use memchr::memchr;

use super::cursor::Cursor;
use super::fault::{Fault, Why};

/// Which closing quotes a reading of a message takes.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whether a comma may follow a closing quote without a blank between.
    pub loose: bool,
    /// For each quoted item but the last of the message, how many closing quotes to pass over.
    pub picks: Vec<usize>,
    /// How many such items were met.
    pub met: usize,
    /// Whether the last of them had no closing quote left.
    pub exhausted: bool,
}

impl Reading {
    /// Moves on to the next reading; false when there is none.
    pub fn advance(&mut self) -> bool {
        self.picks.resize(self.met, 0);
        if self.exhausted {
            self.picks.pop();
        }
        if let Some(pick) = self.picks.last_mut() {
            *pick += 1;
            return true;
        }
        let strict = !self.loose;
        self.loose = true;
        strict
    }
}

/// The text in quotes at the cursor; `last` if no item follows it.
#[inline]
pub fn quoted<'a>(
    cursor: &mut Cursor<'a>,
    last: bool,
    reading: &mut Reading,
) -> Result<&'a [u8], Fault> {
    let open = cursor.at;
    let Some([b'\'', rest @ ..]) = cursor.text.get(open..) else {
        return Err(cursor.fault(Why::Quotes));
    };
    let end = if last { closing_last(rest) } else { closing(rest, reading) };
    let text = end.and_then(|end| rest.get(..end)).ok_or_else(|| cursor.fault(Why::Quotes))?;
    // The first quote that a comma follows ends before any separator.
    if (last || !reading.picks.is_empty())
        && let Some(at) = separator(text)
    {
        return Err(Fault::new(Why::TooMany, open + 1 + at));
    }
    cursor.at = open + text.len() + 2;
    Ok(text)
}

/// The same, as UTF-8.
#[inline]
pub fn text<'a>(
    cursor: &mut Cursor<'a>,
    last: bool,
    reading: &mut Reading,
) -> Result<&'a [u8], Fault> {
    let at = cursor.at;
    let text = quoted(cursor, last, reading)?;
    // Nearly all text is ASCII: seen at once, while the whole check costs a call.
    if !text.is_ascii() && std::str::from_utf8(text).is_err() {
        return Err(Fault::new(Why::Utf8, at));
    }
    Ok(text)
}

/// The quote that is the last byte of the message but blanks.
fn closing_last(rest: &[u8]) -> Option<usize> {
    let end = rest.trim_ascii_end().len().checked_sub(1)?;
    (rest.get(end) == Some(&b'\'')).then_some(end)
}

/// The first quote that a comma follows, after those that the reading passes over.
fn closing(rest: &[u8], reading: &mut Reading) -> Option<usize> {
    let mut pass = reading.picks.get(reading.met).copied().unwrap_or_default();
    reading.met += 1;
    reading.exhausted = false;
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|r| memchr(b'\'', r)) {
        let quote = at + found;
        let after = rest.get(quote + 1..).unwrap_or_default();
        let gap = after.iter().position(|byte| !byte.is_ascii_whitespace());
        let comma = gap.is_some_and(|gap| after.get(gap) == Some(&b','));
        if comma && (reading.loose || gap != Some(0)) {
            if pass == 0 {
                return Some(quote);
            }
            pass -= 1;
        }
        at = quote + 1;
    }
    reading.exhausted = true;
    None
}

/// Where `text` holds `' , '`: then it is two items.
fn separator(text: &[u8]) -> Option<usize> {
    const BETWEEN: &[u8] = b"' , '";
    if !text.contains(&b'\'') {
        return None;
    }
    let found = text.windows(BETWEEN.len()).position(|window| window == BETWEEN)?;
    Some(found + BETWEEN.len() - 1)
}

/// Whether `text` is read back as it is where it stands in quotes as a message writes them, with
/// ` , ` or the end after it; `last` if no item follows it.
pub fn holds(text: &[u8], last: bool) -> bool {
    if last {
        return separator(text).is_none();
    }
    let quotes = text.iter().enumerate().filter(|(_, byte)| **byte == b'\'');
    !quotes.map(|(at, _)| text.get(at + 1..).unwrap_or_default()).any(|after| {
        let blanks = after.len() - after.trim_ascii_start().len();
        blanks > 0 && after.get(blanks) == Some(&b',')
    })
}
