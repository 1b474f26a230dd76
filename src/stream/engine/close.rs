//! The end of a pipeline: drain, commit, leave the group; each for a bounded time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer as _};

use super::guard::Guard;
use super::ledger::{Shared, lock};
use super::promise::Promise;
use crate::clients::kafka::{goodbye, release};
use crate::stream::{Options, StreamError};

/// How long the commit and leaving the group may take together.
const LEAVE: Duration = Duration::from_secs(10);

/// How long the last transaction may take beyond the time for draining.
const COMMIT: Duration = Duration::from_secs(5);

/// Does `next` with `consumer`; after an error the consumer leaves its group without being waited
/// for longer than [`LEAVE`].
pub fn or_release<T>(
    consumer: BaseConsumer<Guard>,
    next: impl FnOnce(&BaseConsumer<Guard>) -> Result<T, StreamError>,
) -> Result<(BaseConsumer<Guard>, T), StreamError> {
    match next(&consumer) {
        Ok(value) => Ok((consumer, value)),
        Err(error) => {
            release(LEAVE, move || {
                goodbye(&consumer);
                drop(consumer);
            });
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

/// How long the last transaction may take, when the stop began at `since`.
pub fn limit(options: &Options, since: Instant) -> Duration {
    options.drain.saturating_sub(since.elapsed()) + COMMIT
}

/// Commits what is done and leaves the group, as far as the brokers let it in time.
pub fn leave(
    consumer: BaseConsumer<Guard>,
    promise: Arc<dyn Promise>,
    ledger: &Shared,
    group: &str,
) {
    let (ledger, group) = (ledger.clone(), group.to_owned());
    release(LEAVE, move || {
        if let Err(error) = promise.release(&consumer, &ledger, None) {
            tracing::warn!(group, "the last offsets: {error}");
        }
        // The time for draining is over: the revocation that comes with leaving finds nothing to do.
        lock(&ledger).forget();
        // Where partitions that come only now start is no matter, and asking would wait for the end.
        consumer.context().stop.cancel();
        goodbye(&consumer);
        drop(consumer);
    });
}
