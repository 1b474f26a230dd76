//! What a reader wants of a partition, and what it gets.

use bytes::Bytes;

use super::Aborted;

/// Which records a reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// All, those of open and aborted transactions too.
    Uncommitted,
    /// Those before the first open transaction.
    Committed,
}

impl Isolation {
    /// What the number in a request stands for.
    pub fn of(level: i8) -> Isolation {
        if level == 1 { Isolation::Committed } else { Isolation::Uncommitted }
    }
}

/// A stretch of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The offset to begin at.
    pub from: i64,
    /// At most so many bytes.
    pub limit: usize,
    /// Whether the first batch comes whatever its size.
    pub at_least_one: bool,
    /// Which records may be seen.
    pub isolation: Isolation,
}

/// What a read found.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// Whole batches; the first may begin before the offset asked for.
    pub batches: Vec<Bytes>,
    /// Their size.
    pub size: usize,
    /// The first offset of the log.
    pub start: i64,
    /// The offset before which every transaction has ended.
    pub stable: i64,
    /// The offset that the next record will get.
    pub end: i64,
    /// For a reader of committed records: the transactions among the batches that do not count.
    pub aborted: Option<Vec<Aborted>>,
}
