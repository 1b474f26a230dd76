//! Where a group shall go on reading.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The place in each partition to which a group is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The oldest record that is kept.
    Earliest,
    /// Behind the newest record.
    Latest,
    /// An offset.
    Offset(i64),
    /// So many records on from where it is; negative for back.
    Shift(i64),
    /// The first record that is not older than this: milliseconds since 1970.
    Time(i64),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Earliest => f.write_str("the earliest record"),
            Target::Latest => f.write_str("the end"),
            Target::Offset(offset) => write!(f, "offset {offset}"),
            Target::Shift(count) => write!(f, "{count:+} records"),
            Target::Time(time) => write!(f, "the time {time}"),
        }
    }
}

impl Target {
    /// The offset in a partition whose log begins at `first` and ends at `next`; never one outside
    /// of it. `now` is where the group is; `at` is what the partition has at the time, if asked.
    /// None where the group is nowhere, and is to move from there.
    pub fn offset(self, (first, next): (i64, i64), now: Option<i64>, at: i64) -> Option<i64> {
        let wanted = match self {
            Target::Earliest => first,
            Target::Latest => next,
            Target::Offset(offset) => offset,
            Target::Shift(count) => now?.saturating_add(count),
            Target::Time(_) => at,
        };
        Some(wanted.min(next).max(first))
    }
}

/// The partitions to which a change is limited: topics, each with some partitions, or with all of
/// them where the set is empty. No topic at all stands for everything that the group has committed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen(pub BTreeMap<String, BTreeSet<i32>>);

impl Chosen {
    /// Whether a topic was named.
    pub fn some(&self) -> bool {
        !self.0.is_empty()
    }
}
