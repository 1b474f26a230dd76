//! What was sent, and how late.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::load::Outcome;
use crate::load::outcome::{Counts, Histogram, Series, names};

/// Keeps account of what is sent from its start on.
pub struct Ledger {
    start: Instant,
    /// The start in microseconds since 1970 (UTC).
    start_us: i64,
    counts: Counts,
    schedule_error: Histogram,
    series: Series,
    /// When records were due that were sent since the last look at the clock, and their sizes.
    fresh: Vec<(Duration, u64)>,
}

impl Ledger {
    /// An account that starts now.
    pub fn start_now() -> Ledger {
        Ledger {
            start: Instant::now(),
            start_us: Timestamp::now().as_microsecond(),
            counts: Counts::default(),
            schedule_error: Histogram::default(),
            series: Series::default(),
            fresh: Vec::new(),
        }
    }

    /// The start.
    pub fn start(&self) -> Instant {
        self.start
    }

    /// The moment `after` the start in microseconds since 1970 (UTC).
    pub fn micros(&self, after: Duration) -> i64 {
        self.start_us.saturating_add(i64::try_from(after.as_micros()).unwrap_or(i64::MAX))
    }

    /// How many records were sent.
    pub fn sent(&self) -> u64 {
        self.counts.sent
    }

    /// A record of `size` bytes was sent that was due at `due` after the start.
    pub fn sent_one(&mut self, due: Duration, size: usize) {
        self.counts.sent += 1;
        self.fresh.push((due, size as u64));
    }

    /// Looks at the clock, and enters how late the records are that were sent since the last look.
    pub fn settle(&mut self) -> Instant {
        let now = Instant::now();
        let passed = now.saturating_duration_since(self.start);
        let second = self.micros(passed).div_euclid(1_000_000);
        for (due, size) in self.fresh.drain(..) {
            self.schedule_error.record(passed.saturating_sub(due));
            self.counts.bytes_sent += size;
            self.series.sent(second, size);
        }
        now
    }

    /// Enters all of it into `outcome`.
    pub fn tell(mut self, outcome: &mut Outcome) {
        self.settle();
        outcome.counts.add(&self.counts);
        outcome.histogram(names::SCHEDULE_ERROR).add(&self.schedule_error);
        outcome.series.add(self.series);
    }
}
