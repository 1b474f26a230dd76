//! What the transaction of a transactional id is doing.

use serde::{Deserialize, Serialize};

/// The names of all states that Kafka's coordinator has.
const NAMES: &[&str] = &[
    "Empty",
    "Ongoing",
    "PrepareCommit",
    "PrepareAbort",
    "CompleteCommit",
    "CompleteAbort",
    "Dead",
    "PrepareEpochFence",
];

/// What a transaction is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum State {
    /// Nothing was begun since the producer came.
    #[default]
    Empty,
    /// It is open.
    Ongoing,
    /// It is committed, and not all it wrote to knows.
    PrepareCommit,
    /// It is aborted, and not all it wrote to knows.
    PrepareAbort,
    /// The last one was committed.
    CompleteCommit,
    /// The last one was aborted.
    CompleteAbort,
}

impl State {
    /// Kafka's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Empty => "Empty",
            State::Ongoing => "Ongoing",
            State::PrepareCommit => "PrepareCommit",
            State::PrepareAbort => "PrepareAbort",
            State::CompleteCommit => "CompleteCommit",
            State::CompleteAbort => "CompleteAbort",
        }
    }

    /// Whether Kafka has a state called `name`.
    pub fn known(name: &str) -> bool {
        NAMES.contains(&name)
    }
}
