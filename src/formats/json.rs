//! JSON text as people read it.

use memchr::{memchr, memchr2};

/// `text`, JSON without blanks between its tokens, with a line for each entry, indented by `blanks`
/// blanks a level: what Python's `json.dumps(…, indent=blanks)` writes.
pub fn indented(text: &[u8], blanks: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 * text.len());
    let line = |depth: usize, out: &mut Vec<u8>| {
        out.push(b'\n');
        out.resize(out.len() + depth * blanks, b' ');
    };
    let (mut rest, mut depth) = (text, 0_usize);
    while !rest.is_empty() {
        let token = rest.split_off(..token(rest)).unwrap_or_default();
        match token {
            b"{" | b"[" => {
                depth += 1;
                out.extend_from_slice(token);
                if !matches!(rest.first(), Some(b'}' | b']')) {
                    line(depth, &mut out);
                }
            }
            b"}" | b"]" => {
                depth = depth.saturating_sub(1);
                if !matches!(out.last(), Some(b'{' | b'[')) {
                    line(depth, &mut out);
                }
                out.extend_from_slice(token);
            }
            b"," => {
                out.push(b',');
                line(depth, &mut out);
            }
            b":" => out.extend_from_slice(b": "),
            value => out.extend_from_slice(value),
        }
    }
    out
}

/// `text`, JSON without blanks between its tokens, with the keys of its objects sorted.
pub fn sorted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    sort(text.as_bytes(), &mut out);
    out
}

fn sort(value: &[u8], out: &mut Vec<u8>) {
    match value {
        [b'{', inner @ .., b'}'] => {
            let mut all = entries(inner);
            all.sort_unstable();
            join((b'{', b'}'), &all, out, |entry, out| {
                let (key, value) = entry.split_at_checked(token(entry) + 1).unwrap_or_default();
                out.extend_from_slice(key);
                sort(value, out);
            });
        }
        // Many arrays hold numbers only.
        [b'[', inner @ .., b']'] if memchr(b'{', inner).is_some() => {
            join((b'[', b']'), &entries(inner), out, sort);
        }
        other => out.extend_from_slice(other),
    }
}

fn join(
    (open, close): (u8, u8),
    entries: &[&[u8]],
    out: &mut Vec<u8>,
    each: impl Fn(&[u8], &mut Vec<u8>),
) {
    out.push(open);
    for (number, entry) in entries.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        each(entry, out);
    }
    out.push(close);
}

/// The entries of the object or array whose brackets are around `inner`.
fn entries(inner: &[u8]) -> Vec<&[u8]> {
    let mut all = Vec::new();
    let (mut start, mut end, mut depth) = (0, 0, 0_usize);
    while let Some(rest) = inner.get(end..).filter(|rest| !rest.is_empty()) {
        match rest.first() {
            Some(b'{' | b'[') => depth += 1,
            Some(b'}' | b']') => depth = depth.saturating_sub(1),
            Some(b',') if depth == 0 => {
                all.extend(inner.get(start..end));
                start = end + 1;
            }
            _ => {}
        }
        end += token(rest);
    }
    all.extend(inner.get(start..).filter(|last| !last.is_empty()));
    all
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
