//! When a record is made, and as which.

/// When a record is made, and as which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds since 1970 (UTC).
    pub now_us: i64,
    /// The number of the record, from 1.
    pub sequence: u64,
}

impl Moment {
    /// Seconds since 1970, so many more than in UTC.
    pub fn seconds(&self, more: i64) -> f64 {
        // One rounding, so that six decimals read the same number.
        self.now_us.saturating_add(more.saturating_mul(1_000_000)) as f64 / 1e6
    }
}
