//! The end of a pipeline: drain, commit, leave the group; each for a bounded time.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};

use super::guard::Guard;
use super::ledger::{Shared, lock};
use crate::stream::{Options, StreamError};

/// How long the commit and leaving the group may take together.
const LEAVE: Duration = Duration::from_secs(10);

/// Waits until everything in flight is acknowledged, or until the time for that is over.
pub fn drain(ledger: &Shared, options: &Options) -> Result<(), StreamError> {
    let mut ledger = lock(ledger);
    if ledger.drain(None, options.drain) {
        return Ok(());
    }
    Err(StreamError::Undrained { group: options.group.clone(), records: ledger.records })
}

/// Commits what is done and leaves the group.
///
/// Both block in C, and for long where no broker answers: they run on a thread of their own, which
/// is left behind when the time is over.
pub fn leave(consumer: BaseConsumer<Guard>, ledger: &Shared, group: &str) {
    let offsets = lock(ledger).next_offsets(None);
    let (done, wait) = mpsc::channel();
    let name = group.to_owned();
    let thread = thread::Builder::new().name("leave-group".to_owned()).spawn(move || {
        if offsets.count() > 0
            && let Err(error) = consumer.commit(&offsets, CommitMode::Sync)
        {
            tracing::warn!(group = name, %error, "the last offsets were not committed");
        }
        drop(consumer);
        let _ = done.send(());
    });
    if thread.is_err() || wait.recv_timeout(LEAVE).is_err() {
        tracing::warn!(group, "left without an answer from the group's coordinator");
    }
}
