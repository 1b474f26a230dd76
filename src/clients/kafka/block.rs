//! Memory that several records share.

use bytes::{Bytes, BytesMut};

/// The most that one piece of memory has, unless a single value needs more. As much stays in memory
/// as long as anybody keeps one value of it.
const MOST: usize = 32 << 10;

/// Bytes of records that live about as long, cut from pieces of memory that grow with their number:
/// a lone record takes what it needs, and of many not each takes memory of its own.
#[derive(Debug, Default)]
pub struct Block {
    free: BytesMut,
    /// How large the last piece was.
    size: usize,
}

impl Block {
    /// A copy of `bytes`.
    pub fn copy(&mut self, bytes: &[u8]) -> Bytes {
        if self.free.capacity() < bytes.len() {
            self.size = (2 * self.size).min(MOST).max(bytes.len());
            self.free = BytesMut::with_capacity(self.size);
        }
        self.free.extend_from_slice(bytes);
        self.free.split().freeze()
    }
}
