//! The records of an uncompressed batch, of which only what stands before the key is read.

/// Where a record stands in its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its offset less that of the batch.
    pub offset_delta: i64,
    /// Its timestamp less that of the batch, milliseconds.
    pub timestamp_delta: i64,
    /// Whether it has a key.
    pub keyed: bool,
}

/// The records in `bytes`, up to the first that is cut or broken.
pub fn records(bytes: &[u8]) -> impl Iterator<Item = Record> + '_ {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (length, after) = varint(rest)?;
        let (mut body, next) = after.split_at_checked(usize::try_from(length).ok()?)?;
        rest = next;
        body = body.get(1..)?; // attributes, which no record uses yet
        let (timestamp_delta, body) = varint(body)?;
        let (offset_delta, body) = varint(body)?;
        let (key_length, _) = varint(body)?;
        Some(Record { offset_delta, timestamp_delta, keyed: key_length >= 0 })
    })
}

/// A signed number in groups of seven bits, low groups first, zigzag, and what follows it.
fn varint(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut value = 0u64;
    for (index, byte) in bytes.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let signed = (value >> 1) as i64 ^ -((value & 1) as i64);
            return Some((signed, bytes.get(index + 1..)?));
        }
    }
    None
}
