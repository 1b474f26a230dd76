//! Where a transaction is on its way from one commit to the next.
//!
//! ```text
//!       large or old            all reported             committed
//! ┌─▶ Open ─────────▶ Closing ────────────▶ Committing ───────────▶ Open, the next
//! │     └────────────────┴───────────────────────┘
//! │                      │ an error, or partitions were lost
//! │                      ▼
//! │                   Emptying ──▶ Aborting ──▶ Resting ──┐
//! └───────────────────────── read again ◀─────────────────┘
//! ```
//!
//! From each it comes to `Failed` when no abort can mend what happened.

use std::time::Instant;

use rdkafka::TopicPartitionList;

use crate::stream::StreamError;

/// The state of the transaction. Only in the first may workers send.
pub enum Phase {
    /// Workers send.
    Open,
    /// Nobody comes in any more; what is inside is finished and acknowledged.
    Closing,
    /// What was sent is being committed with these offsets.
    Committing(TopicPartitionList),
    /// All that was sent is void; whoever is inside leaves.
    Emptying(With),
    /// What was sent is being taken back.
    Aborting,
    /// Aborted; at this time the work begins again.
    Resting(Instant),
    /// The producer cannot go on, because of this.
    Failed(StreamError),
}

/// Who goes on after an abort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// The producer that sent what is taken back.
    SameProducer,
    /// Another: the broker gave the transaction up, and its producer with it.
    NewProducer,
}
