//! A set of numbers as ranges: a run without a gap takes the room of one number.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A set of numbers. Memory grows with the gaps, not with the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, u64)>", into = "Vec<(u64, u64)>")]
pub struct Ranges(
    /// The last number of each range by its first. Ranges neither overlap nor touch.
    BTreeMap<u64, u64>,
);

impl Ranges {
    /// Adds `number`; whether it is new.
    pub fn insert(&mut self, number: u64) -> bool {
        // Nearly always it follows the greatest.
        let below = self.0.range_mut(..=number).next_back();
        let mut first = number;
        if let Some((start, last)) = below {
            if number <= *last {
                return false;
            }
            if *last + 1 == number {
                *last = number;
                first = *start;
            }
        }
        let above = number.checked_add(1).and_then(|next| self.0.remove(&next));
        self.0.insert(first, above.unwrap_or(number));
        true
    }

    /// Adds all numbers from `first` to `last`; how many of them it had.
    pub fn insert_range(&mut self, first: u64, last: u64) -> u64 {
        let had = self.within(first, last);
        let (mut start, mut end) = (first, last);
        let touching = |ranges: &Ranges| {
            let (low, high) = (first.saturating_sub(1), last.saturating_add(1));
            let (from, to) = ranges.0.range(..=high).next_back()?;
            (*to >= low).then_some((*from, *to))
        };
        while let Some((from, to)) = touching(self) {
            self.0.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        self.0.insert(start, end);
        had
    }

    /// How many numbers from `first` to `last` there are.
    pub fn within(&self, first: u64, last: u64) -> u64 {
        let ranges = self.0.range(..=last).rev();
        ranges
            .take_while(|(_, end)| **end >= first)
            .map(|(start, end)| last.min(*end) - first.max(*start) + 1)
            .sum()
    }

    /// How many numbers of `other` from `first` to `last` are missing here.
    pub fn missing(&self, other: &Ranges, first: u64, last: u64) -> u64 {
        let parts = other.iter().filter(|(start, end)| *start <= last && *end >= first);
        let missing = |(start, end): (u64, u64)| {
            let (start, end) = (start.max(first), end.min(last));
            end - start + 1 - self.within(start, end)
        };
        parts.map(missing).sum()
    }

    /// The least number.
    pub fn first(&self) -> Option<u64> {
        self.0.first_key_value().map(|(first, _)| *first)
    }

    /// The greatest number.
    pub fn last(&self) -> Option<u64> {
        self.0.last_key_value().map(|(_, last)| *last)
    }

    /// Closes the first gap; how many numbers that adds.
    pub fn close_first_gap(&mut self) -> u64 {
        let mut ranges = self.0.iter();
        let (Some((first, end)), Some((next, last))) = (ranges.next(), ranges.next()) else {
            return 0;
        };
        let (first, added, next, last) = (*first, next - end - 1, *next, *last);
        self.0.remove(&next);
        self.0.insert(first, last);
        added
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no number.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges in order, as first and last number.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.0.iter().map(|(first, last)| (*first, *last))
    }
}

impl From<Vec<(u64, u64)>> for Ranges {
    fn from(given: Vec<(u64, u64)>) -> Ranges {
        let mut ranges = Ranges::default();
        for (first, last) in given.into_iter().filter(|(first, last)| first <= last) {
            ranges.insert_range(first, last);
        }
        ranges
    }
}

impl From<Ranges> for Vec<(u64, u64)> {
    fn from(ranges: Ranges) -> Self {
        ranges.iter().collect()
    }
}
