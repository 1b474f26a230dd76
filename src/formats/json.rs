//! JSON text as people read it.

use std::mem;
use std::ops::Range;

use memchr::memchr2;

/// `text`, JSON without blanks between its tokens, with a line for each entry, indented by `blanks`
/// blanks a level: what Python's `json.dumps(…, indent=blanks)` writes.
pub fn indented(text: &[u8], blanks: usize) -> Vec<u8> {
    Printer::print(text, blanks, false)
}

/// The same with the keys of objects sorted: `json.dumps(…, indent=blanks, sort_keys=True)`.
pub fn sorted(text: &[u8], blanks: usize) -> Vec<u8> {
    Printer::print(text, blanks, true)
}

/// Copies one JSON text, in one pass.
struct Printer<'a> {
    /// What is not copied yet.
    rest: &'a [u8],
    out: Vec<u8>,
    blanks: usize,
    /// A line break, and as many blanks as a line began with so far.
    line: Vec<u8>,
    sorted: bool,
    /// The entries of an object while they change their places.
    moved: Vec<u8>,
}

impl<'a> Printer<'a> {
    fn print(text: &'a [u8], blanks: usize, sorted: bool) -> Vec<u8> {
        let (out, moved) = (Vec::with_capacity(2 * text.len()), Vec::new());
        let line = vec![b'\n'];
        let mut printer = Printer { rest: text, out, blanks, line, sorted, moved };
        // Text that is no JSON may have more after its first value.
        while !printer.rest.is_empty() {
            printer.value(0);
        }
        printer.out
    }

    /// Copies the next value, which stands `depth` levels deep.
    fn value(&mut self, depth: usize) {
        match self.rest.first() {
            Some(b'{' | b'[') => self.entries(depth),
            _ => self.copy(token(self.rest)),
        }
    }

    /// Copies an object or an array.
    fn entries(&mut self, depth: usize) {
        let sorts = self.sorted && self.rest.first() == Some(&b'{');
        let mut entries = Vec::with_capacity(if sorts { 8 } else { 0 });
        self.mark();
        if matches!(self.rest.first(), Some(b'}' | b']')) {
            return self.mark();
        }
        loop {
            self.line(depth + 1);
            let start = self.out.len();
            self.value(depth + 1);
            if self.rest.first() == Some(&b':') {
                self.mark();
                self.out.push(b' ');
                self.value(depth + 1);
            }
            if sorts {
                entries.push(start..self.out.len());
            }
            if self.rest.first() != Some(&b',') {
                break;
            }
            self.mark();
        }
        self.sort(entries, depth + 1);
        self.line(depth);
        self.mark();
    }

    /// Puts the last entries of the copy in the order of their keys.
    fn sort(&mut self, mut entries: Vec<Range<usize>>, depth: usize) {
        let Some(start) = entries.first().map(|entry| entry.start) else { return };
        let text = |entry: &Range<usize>| self.out.get(entry.clone()).unwrap_or_default();
        if entries.is_sorted_by_key(text) {
            return;
        }
        entries.sort_unstable_by(|one, other| text(one).cmp(text(other)));
        let mut moved = mem::take(&mut self.moved);
        moved.clear();
        moved.extend_from_slice(self.out.get(start..).unwrap_or_default());
        self.out.truncate(start);
        for (number, Range { start: from, end }) in entries.into_iter().enumerate() {
            if number > 0 {
                self.out.push(b',');
                self.line(depth);
            }
            self.out.extend_from_slice(moved.get(from - start..end - start).unwrap_or_default());
        }
        self.moved = moved;
    }

    /// Begins a line, `depth` levels deep.
    fn line(&mut self, depth: usize) {
        let length = 1 + depth * self.blanks;
        if self.line.len() < length {
            self.line.resize(length, b' ');
        }
        self.out.extend_from_slice(self.line.get(..length).unwrap_or_default());
    }

    /// Copies a bracket, a comma or a colon.
    fn mark(&mut self) {
        if let Some((mark, rest)) = self.rest.split_first() {
            self.out.push(*mark);
            self.rest = rest;
        }
    }

    /// Copies `length` bytes.
    fn copy(&mut self, length: usize) {
        let length = length.min(self.rest.len());
        let (token, rest) = self.rest.split_at(length);
        self.out.extend_from_slice(token);
        self.rest = rest;
    }
}

/// How long the first token of `rest` is.
fn token(rest: &[u8]) -> usize {
    match rest.first() {
        Some(b'"') => string(rest),
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => 1,
        _ => rest.iter().position(|byte| b",}]".contains(byte)).unwrap_or(rest.len()),
    }
}

/// How long the string is that `rest` begins with, quotes included.
fn string(rest: &[u8]) -> usize {
    let mut end = 1;
    while let Some(inner) = rest.get(end..) {
        match memchr2(b'"', b'\\', inner) {
            Some(at) if inner.get(at) == Some(&b'\\') => end += at + 2,
            Some(at) => return end + at + 1,
            None => break,
        }
    }
    rest.len()
}
