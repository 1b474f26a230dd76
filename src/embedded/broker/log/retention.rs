//! What of a log is kept.

/// How long, and how much, a log is kept (`retention.ms`, `retention.bytes`); none is without end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// Milliseconds.
    pub ms: Option<i64>,
    /// Bytes.
    pub bytes: Option<usize>,
}

impl Retention {
    /// Whether the first batch of a log goes at `now`, if its newest record is of `time` and `rest`
    /// bytes follow it.
    pub fn is_over(self, time: i64, rest: usize, now: i64) -> bool {
        self.ms.is_some_and(|ms| now.saturating_sub(time) > ms)
            || self.bytes.is_some_and(|bytes| rest >= bytes)
    }
}
