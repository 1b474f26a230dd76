//! The end of a pipeline: drain, commit, leave the group; each for a bounded time.

use std::time::Duration;

use rdkafka::consumer::BaseConsumer;

use super::guard::{Guard, commit};
use super::ledger::{Shared, lock};
use crate::clients::kafka::release;
use crate::stream::{Options, StreamError};

/// How long the commit and leaving the group may take together.
const LEAVE: Duration = Duration::from_secs(10);

/// Does `next` with `consumer`; after an error the consumer leaves its group without being waited
/// for longer than [`LEAVE`].
pub fn or_release<T>(
    consumer: BaseConsumer<Guard>,
    next: impl FnOnce(&BaseConsumer<Guard>) -> Result<T, StreamError>,
) -> Result<(BaseConsumer<Guard>, T), StreamError> {
    match next(&consumer) {
        Ok(value) => Ok((consumer, value)),
        Err(error) => {
            release(LEAVE, move || drop(consumer));
            Err(error)
        }
    }
}

/// Waits until everything in flight is acknowledged, or until the time for that is over.
pub fn drain(ledger: &Shared, options: &Options) -> Result<(), StreamError> {
    let mut ledger = lock(ledger);
    if ledger.drain(None, options.drain) {
        return Ok(());
    }
    Err(StreamError::Undrained { group: options.group.clone(), records: ledger.records })
}

/// Commits what is done and leaves the group, as far as the brokers let it in time.
pub fn leave(consumer: BaseConsumer<Guard>, ledger: &Shared, group: &str) {
    let mut ledger = lock(ledger);
    let offsets = ledger.next_offsets(None);
    // The time for draining is over: the revocation that comes with leaving finds nothing to do.
    ledger.forget();
    drop(ledger);
    let group = group.to_owned();
    release(LEAVE, move || {
        if let Err(error) = commit(&consumer, &offsets) {
            tracing::warn!(group, %error, "the last offsets were not committed");
        }
        // A list that was stored holds on to its partitions, and closing waits for those.
        drop(offsets);
        drop(consumer);
    });
}
