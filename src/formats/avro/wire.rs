//! The five bytes that Confluent's serialisers write before an Avro body: a zero byte and the
//! schema's id, big-endian (Confluent's "wire format").

/// The length of the header.
pub const HEADER: usize = 5;

/// Appends the header for the schema `id` to `out`; the Avro body follows it.
pub fn frame(id: u32, out: &mut Vec<u8>) {
    out.push(0);
    out.extend_from_slice(&id.to_be_bytes());
}

/// The schema id and the Avro body of `bytes`, or `None` where they carry no header.
pub fn split(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (header, body) = bytes.split_at_checked(HEADER)?;
    match header {
        [0, id @ ..] => Some((u32::from_be_bytes(id.try_into().ok()?), body)),
        _ => None,
    }
}
