//! Which offsets may be committed, which were, and where reading starts again.

use rdkafka::{Offset, TopicPartitionList};

use super::lane::{Again, Lane};
use super::place::Place;
use super::tracker::Tracker;
use super::{Entry, Ledger};

impl Ledger {
    /// The *next* offsets (done + 1) of `which` partitions, or of all, as a commit wants them.
    pub fn next_offsets(&self, which: Option<&TopicPartitionList>) -> TopicPartitionList {
        self.places(|lane, tracker| {
            let wanted =
                which.is_none_or(|w| w.find_partition(&lane.topic, lane.partition).is_some());
            tracker.done().map(|done| done + 1).filter(|_| wanted)
        })
    }

    /// The next offsets that were not committed yet.
    pub fn uncommitted(&self) -> TopicPartitionList {
        self.places(|_, tracker| tracker.uncommitted())
    }

    /// Takes note that `offsets` were committed.
    pub fn committed(&mut self, offsets: &TopicPartitionList) {
        self.commits += 1;
        for element in offsets.elements() {
            let entry = self.entry_mut(element.topic(), element.partition());
            if let (Some(entry), Offset::Offset(next)) = (entry, element.offset()) {
                entry.tracker.commit(next);
                let lane = entry.lane.clone();
                self.undelivered.pass(&lane, next);
            }
        }
    }

    /// Takes note that `offsets` were committed, when it seemed that they were not: what goes on, goes
    /// on behind them.
    pub fn confirm(&mut self, offsets: &TopicPartitionList) {
        self.committed(offsets);
        let commits = self.commits;
        let all: Vec<_> =
            self.entries.values().map(|e| (e.lane.clone(), e.tracker.rewound())).collect();
        for (lane, tracker) in all {
            let again = lane.again.map(|again| Again { commits, ..again });
            self.replace(&lane, tracker, again);
        }
    }

    /// The first offset of a partition that is not done; none where everything that was read is.
    pub fn next_open(&self, topic: &str, partition: i32) -> Option<i64> {
        let entry = self.entry(topic, partition)?;
        if entry.queued == 0 && entry.tracker.idle() {
            return None;
        }
        entry.tracker.done().map(|done| done + 1).or(entry.tracker.start())
    }

    /// Whether the input at `place` is done, or no longer ours.
    pub fn passed(&self, place: &Place) -> bool {
        self.next_open(&place.topic, place.partition).is_none_or(|next| next > place.offset)
    }

    /// Takes back all that was done since the last commit, or since the start; returns where each
    /// partition must be read again.
    pub fn rewind(&mut self) -> TopicPartitionList {
        self.epoch += 1;
        let again = self.entries.values().map(|entry| entry.tracker.finished()).sum::<u64>();
        self.counts.consumed = self.counts.consumed.saturating_sub(again);
        (self.refusing, self.torn) = (false, false);
        let all: Vec<_> =
            self.entries.values().map(|e| (e.lane.clone(), e.tracker.rewound())).collect();
        for (lane, tracker) in all {
            self.replace(&lane, tracker, Some(lane.taken_back(self.commits)));
        }
        self.places(|_, tracker| tracker.start())
    }

    fn places(&self, place: impl Fn(&Lane, &Tracker) -> Option<i64>) -> TopicPartitionList {
        let mut list = TopicPartitionList::new();
        for Entry { lane, tracker, .. } in self.entries.values() {
            if let Some(next) = place(lane, tracker) {
                let next = Offset::Offset(next);
                // Fails only on a name with a NUL byte, which Kafka does not allow.
                let _ = list.add_partition_offset(&lane.topic, lane.partition, next);
            }
        }
        list
    }
}
