//! What the leader of a classic group assigned to a member, as bytes.

use bytes::Buf;

/// The partitions in `bytes`, a `ConsumerProtocolAssignment` of any version; none where they are
/// something else. Source: Kafka's `ConsumerProtocolAssignment.json`.
pub fn read(mut bytes: &[u8]) -> Option<Vec<(String, i32)>> {
    let bytes = &mut bytes;
    let _version = bytes.try_get_i16().ok()?;
    let mut partitions = Vec::new();
    for _ in 0..bytes.try_get_i32().ok()? {
        let size = usize::try_from(bytes.try_get_i16().ok()?).ok()?;
        let (name, rest) = bytes.split_at_checked(size)?;
        let topic = std::str::from_utf8(name).ok()?;
        *bytes = rest;
        for _ in 0..bytes.try_get_i32().ok()? {
            partitions.push((topic.to_owned(), bytes.try_get_i32().ok()?));
        }
    }
    Some(partitions)
}
