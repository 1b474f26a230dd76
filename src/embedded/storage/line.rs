//! A line of the journal: a checksum, and changes as JSON.
//!
//! `1a2b3c4d [["topics","dome",{"id":"…"}],["topics","old"]]`: three parts put a value, two take
//! one away.

use serde_json::Value;

use super::changes::Change;

/// Eight hex digits and a space.
const CHECKSUM: usize = 9;

/// The line of `changes`, with its end.
pub(super) fn encode<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<u8> {
    let parts = |change: &Change| {
        let mut parts = vec![Value::from(&*change.table), Value::from(&*change.key)];
        parts.extend(change.value.clone());
        Value::Array(parts)
    };
    let text = Value::Array(changes.map(parts).collect()).to_string();
    format!("{:08x} {text}\n", crc32c::crc32c(text.as_bytes())).into_bytes()
}

/// The changes of `line`, which has no end any more; none if it is not whole.
pub(super) fn decode(line: &[u8]) -> Option<Vec<Change>> {
    let (checksum, text) = line.split_at_checked(CHECKSUM)?;
    let checksum = std::str::from_utf8(checksum).ok()?.strip_suffix(' ')?;
    if u32::from_str_radix(checksum, 16).ok()? != crc32c::crc32c(text) {
        return None;
    }
    let list: Vec<Vec<Value>> = serde_json::from_slice(text).ok()?;
    list.into_iter().map(change).collect()
}

fn change(parts: Vec<Value>) -> Option<Change> {
    let mut parts = parts.into_iter();
    let mut word = || match parts.next()? {
        Value::String(word) => Some(word),
        _ => None,
    };
    let (table, key) = (word()?, word()?);
    Some(Change { table, key, value: parts.next() })
}
