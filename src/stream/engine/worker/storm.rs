//! When so many records are dead letters that something else must be wrong.

use std::collections::VecDeque;

use crate::stream::Options;

/// How many of the latest records the share is taken of.
const WINDOW: usize = 1000;

/// Counts dead letters against the two limits.
#[derive(Clone)]
pub struct Storm {
    max: Option<u64>,
    share: f64,
    total: u64,
    /// The most that there ever were, those included that were taken back.
    most: u64,
    latest: VecDeque<bool>,
    bad: usize,
}

impl Storm {
    pub fn new(options: &Options) -> Storm {
        Storm {
            max: options.max_dead_letters,
            share: options.dead_letter_share,
            total: 0,
            most: 0,
            latest: VecDeque::with_capacity(WINDOW),
            bad: 0,
        }
    }

    /// Whether people should hear of the next dead letter: the first, the tenth, the hundredth, …
    pub fn next_is_news(&self) -> bool {
        if self.total < self.most {
            // It is one of those that were taken back, and comes again.
            return false;
        }
        let mut count = self.total + 1;
        while count.is_multiple_of(10) {
            count /= 10;
        }
        count == 1
    }

    /// Goes back to what was counted `before`. What was told is not told again.
    pub fn take_back(&mut self, before: Storm) {
        *self = Storm { most: self.most, ..before };
    }

    /// Enters so many records that are no dead letters.
    pub fn pass(&mut self, count: usize) {
        (0..count.min(WINDOW)).for_each(|_| self.enter(false));
    }

    /// Enters a dead letter; the answer says which limit it passed.
    pub fn dead(&mut self) -> Option<String> {
        self.enter(true);
        if let Some(max) = self.max.filter(|max| self.total > *max) {
            return Some(format!("more than {max} dead letters"));
        }
        (self.bad as f64 > self.share * WINDOW as f64).then(|| {
            let (bad, seen, percent) = (self.bad, self.latest.len(), self.share * 100.0);
            format!(
                "{bad} of the last {seen} records are dead letters, allowed are {percent} % of {WINDOW}"
            )
        })
    }

    fn enter(&mut self, dead: bool) {
        if self.latest.len() == WINDOW && self.latest.pop_front() == Some(true) {
            self.bad -= 1;
        }
        self.latest.push_back(dead);
        self.bad += usize::from(dead);
        self.total += u64::from(dead);
        self.most = self.most.max(self.total);
    }
}
