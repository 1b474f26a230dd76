//! How transactions are made.

use std::time::Duration;

/// The transactions of one pipeline.
#[derive(Debug, Clone)]
pub struct Transactions {
    /// The start of the transactional id, to which each task adds `-` and its number; none for the
    /// name of the group. The same id after a restart ends what the run before left open.
    pub id: Option<String>,
    /// Inputs after which a transaction is committed.
    pub records: u64,
    /// Time after the first input in which a transaction is committed.
    pub time: Duration,
    /// How long the broker keeps a transaction open whose producer is gone; until then its records
    /// and those behind it are hidden from readers of committed records.
    pub timeout: Duration,
}

impl Default for Transactions {
    fn default() -> Transactions {
        Transactions {
            id: None,
            records: 10_000,
            time: Duration::from_millis(500),
            timeout: Duration::from_secs(20),
        }
    }
}

impl Transactions {
    /// The transactional id of `task` in `group`.
    pub fn id(&self, group: &str, task: usize) -> String {
        format!("{}-{task}", self.id.as_deref().unwrap_or(group))
    }

    /// How long a record may take to be acknowledged: less than its transaction may stay open.
    pub fn message_timeout(&self) -> Duration {
        self.timeout * 3 / 4
    }
}
