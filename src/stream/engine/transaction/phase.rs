//! Where a transaction is on its way from one commit to the next.

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
    /// All of it is void; whoever is inside leaves. Then it is aborted, by a new producer where the
    /// broker gave the transaction up.
    Voiding {
        /// Whether a new producer is needed.
        renew: bool,
    },
    /// What was sent is being taken back.
    Aborting,
    /// Aborted; at this time the work begins again.
    Resting(Instant),
    /// The producer cannot go on, because of this.
    Over(StreamError),
}
