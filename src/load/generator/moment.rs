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
    /// Seconds since 1970 (UTC).
    pub fn seconds(&self) -> f64 {
        self.now_us as f64 / 1e6
    }
}
