//! How often work was lost since some of it counted, and what follows from that.

use std::time::{Duration, Instant};

/// How long nothing may count while work is done again and again.
const STUCK: Duration = Duration::from_secs(600);
/// The pause after the first; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(50);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(5);

/// Counts transactions that were aborted, or losses where there are none. The work is done again after
/// longer and longer pauses, and transactions are smaller meanwhile: on a slow network a large one may
/// never be acknowledged in time.
#[derive(Debug, Default)]
pub struct Setbacks {
    count: u32,
    since: Option<Instant>,
    halved: u32,
}

impl Setbacks {
    /// What was done counts: a transaction was committed, or what was lost is delivered.
    pub fn committed(&mut self) {
        (self.count, self.since) = (0, None);
        self.halved = self.halved.saturating_sub(1);
    }

    /// Work must be done again; the answer says how often that was, and since when, where that is too
    /// long.
    pub fn add(&mut self) -> Option<(u32, Duration)> {
        self.count += 1;
        self.halved = self.halved.saturating_add(1).min(u32::BITS);
        self.since.get_or_insert_with(Instant::now);
        self.too_long()
    }

    /// How often work was lost, and since when, where that is too long.
    pub fn too_long(&self) -> Option<(u32, Duration)> {
        let since = self.since?.elapsed();
        (since >= STUCK).then_some((self.count, since))
    }

    /// How long to wait before the work is done again.
    pub fn pause(&self) -> Duration {
        FIRST.saturating_mul(1 << self.count.saturating_sub(1).min(10)).min(LONGEST)
    }

    /// How many inputs a transaction may have now, where `records` is the most.
    pub fn limit(&self, records: u64) -> u64 {
        records.checked_shr(self.halved).unwrap_or(0).max(1)
    }
}
