//! The transactional ids that were kept, when the broker starts.

use super::keep::{Keeper, Row, TABLE};
use super::{SharedTransaction, State, Transaction, Transactions};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::groups::Groups;
use crate::embedded::broker::locks::write;
use crate::embedded::broker::topics::Topics;
use crate::embedded::storage::StorageError;

impl Transactions {
    /// The transactional ids that `disk` keeps. An open transaction goes on, with all the time it
    /// may take; one that was being ended is ended. Needs the broker's runtime.
    pub fn restore(
        disk: Disk,
        topics: &Topics,
        groups: &Groups,
    ) -> Result<Transactions, StorageError> {
        let transactions = Transactions { disk, ..Transactions::default() };
        for (id, row) in transactions.disk.all::<Row>(TABLE)? {
            let keeper = Keeper { disk: transactions.disk.clone(), id: id.clone() };
            let transaction = transaction(keeper, row, topics, groups);
            write(&transactions.known).insert(id, SharedTransaction::start(transaction));
        }
        Ok(transactions)
    }
}

fn transaction(keeper: Keeper, row: Row, topics: &Topics, groups: &Groups) -> Transaction {
    let mut transaction = Transaction {
        keeper,
        owner: row.owner,
        state: row.state,
        timeout_ms: row.timeout_ms,
        started_ms: row.started_ms,
        before: row.before,
        ..Transaction::default()
    };
    let open = transaction.state == State::Ongoing;
    for (topic, index) in row.partitions {
        // A partition that knows of the end must not be told of it again.
        let partition = topics.partition(&topic, index).ok();
        let partition = partition.filter(|partition| open || partition.awaits(row.owner.id));
        transaction.partitions.extend(partition.map(|partition| ((topic, index), partition)));
    }
    let group = |id: String| (groups.get(&id), id);
    transaction.groups = row.groups.into_iter().map(group).map(|(group, id)| (id, group)).collect();
    if open {
        transaction.start_clock();
    }
    // If that fails, the clock tries again.
    let _ = transaction.resume();
    transaction
}
