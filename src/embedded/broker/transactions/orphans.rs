//! Transactions that nobody can end any more.
//!
//! A killed broker leaves none. After a power cut, records may be there whose transactional id is
//! not; what they hold back would be held back for ever.

use std::collections::HashSet;

use super::{State, Transactions};
use crate::embedded::broker::groups::Groups;
use crate::embedded::broker::log::{Marker, Outcome};
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::topics::Topics;

impl Transactions {
    /// Aborts what producers began that own no open transaction, and returns a line for each
    /// partition in which there was such a thing.
    pub fn abort_orphans(&self, topics: &Topics, groups: &Groups) -> Vec<String> {
        let owners = self.owners();
        let mut notes = Vec::new();
        for topic in topics.all() {
            for (index, partition) in topic.partitions().iter().enumerate() {
                let open = partition.producers().into_iter().filter(|(_, begun)| begun.is_some());
                for (active, _) in open.filter(|(active, _)| !owners.contains(&active.identity.id))
                {
                    let producer = active.identity;
                    let marker = Marker { producer, outcome: Outcome::Abort, time: now_ms() };
                    // If that fails, it is tried at the next start.
                    let _ = partition.end(&marker);
                    notes.push(format!(
                        "aborted a transaction of producer {} in {}-{index} that nobody owns",
                        producer.id, topic.name
                    ));
                }
            }
        }
        for (_, group) in groups.all() {
            let _ = group.with(|group| group.offsets.drop_pending(|id| !owners.contains(&id)));
        }
        notes
    }

    /// The producers whose transactions are open.
    fn owners(&self) -> HashSet<i64> {
        let all = self.all();
        let open =
            |state| matches!(state, State::Ongoing | State::PrepareCommit | State::PrepareAbort);
        let owner = all.iter().filter_map(|(_, shared)| {
            shared.with(|transaction| open(transaction.state).then_some(transaction.owner.id))
        });
        owner.collect()
    }
}
