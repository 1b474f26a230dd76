//! A batch as it stands in a file.

use bytes::Buf;

use crate::embedded::broker::log::Header;
use crate::embedded::broker::log::batch::{CHECKED_FROM, HEADER, MAGIC, UNCOUNTED};

/// A batch that is whole and as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    pub base: i64,
    pub header: Header,
    /// Bytes.
    pub length: usize,
}

/// The batch that `bytes` begin with; none if it is not whole, or not as it was written.
pub fn first(bytes: &[u8]) -> Option<Stored> {
    bytes.get(..HEADER)?;
    let mut at = bytes;
    let base = at.get_i64();
    let length = usize::try_from(at.get_i32()).ok()?.checked_add(UNCOUNTED)?;
    at.advance(4); // the leader's epoch
    let magic = at.get_i8();
    let checksum = at.get_u32();
    if magic != MAGIC || length < HEADER {
        return None;
    }
    let checked = bytes.get(CHECKED_FROM..length)?;
    if crc32c::crc32c(checked) != checksum {
        return None;
    }
    let header = Header::fields(checked);
    let counted = header.records > 0 && header.last_delta == header.records - 1;
    (counted && base >= 0).then_some(Stored { base, header, length })
}

/// No file has more records.
const FAR: i64 = 1 << 32;

/// Whether a batch with the offset `base` or a later one stands anywhere in `bytes` behind the first byte.
pub fn goes_on(bytes: &[u8], base: i64) -> bool {
    (1..bytes.len()).any(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        // The checksum is worth its time only where the offset can be right.
        let offset = rest.first_chunk().map(|offset| i64::from_be_bytes(*offset));
        let ahead = offset.and_then(|offset| offset.checked_sub(base));
        ahead.is_some_and(|ahead| (0..=FAR).contains(&ahead)) && first(rest).is_some()
    })
}
