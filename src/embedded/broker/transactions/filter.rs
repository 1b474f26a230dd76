//! Which transactions a list shows.

use super::Transaction;

/// What `ListTransactions` asks for (KIP-664, KIP-994).
#[derive(Debug, Clone)]
pub struct Filter {
    /// Names of states; none: all.
    pub states: Vec<String>,
    /// Ids of producers; none: all.
    pub producers: Vec<i64>,
    /// Only what was begun longer ago, milliseconds; negative: all.
    pub longer_ms: i64,
}

impl Filter {
    /// Whether the list shows `transaction` at `now`, milliseconds since 1970 UTC.
    pub fn shows(&self, transaction: &Transaction, now: i64) -> bool {
        let state = transaction.state.as_str();
        let age = now.saturating_sub(transaction.started_ms);
        (self.states.is_empty() || self.states.iter().any(|name| name == state))
            && (self.producers.is_empty() || self.producers.contains(&transaction.owner.id))
            && (self.longer_ms < 0 || age > self.longer_ms)
    }
}
