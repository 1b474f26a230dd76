//! The end of a pipeline: drain, commit, leave the group; each for a bounded time.

use std::thread;
use std::time::{Duration, Instant};

use rdkafka::consumer::BaseConsumer;

use super::common::Common;
use super::ledger::Ledger;
use super::reader::Reader;
use super::reader::member::Member;
use crate::clients::kafka::{goodbye, release};
use crate::error::{Explain, Kind};
use crate::stream::{Options, StreamError, Summary};

/// How long the commit and leaving the group may take together.
const LEAVE: Duration = Duration::from_secs(10);
/// How long a rebalance may keep the last commit waiting.
const REBALANCE: Duration = Duration::from_secs(5);
/// The pause before the last commit is tried again.
const AGAIN: Duration = Duration::from_millis(20);
/// How long draining goes on before it is looked whether that is of use.
const LOOK: Duration = Duration::from_millis(100);
/// How long the last transaction may take beyond the time for draining.
const COMMIT: Duration = Duration::from_secs(5);

/// Ends a pipeline: finishes what is in flight, commits and leaves. An error of the reading comes
/// before one of the end.
pub fn close(
    mut reader: Reader<'_>,
    ended: Result<(), StreamError>,
) -> Result<Summary, StreamError> {
    let common = reader.common;
    reader.pulse.ready(false);
    // The workers break off after the record that they are at.
    common.halt.cancel();
    common.promise.dismiss();
    let finished = reader.wind_up();
    let failed = reader.check();
    leave(reader.consumer, common);
    ended.and(finished).and(failed)?;
    Ok(common.desk.lock().counts)
}

/// Waits until everything in flight is acknowledged, or until the time for that is over. What a
/// transaction lost is taken back with it: it is not waited for.
pub fn drain(common: &Common) -> Result<(), StreamError> {
    let since = Instant::now();
    loop {
        let left = common.options.drain.saturating_sub(since.elapsed());
        if common.desk.drain(None, left.min(LOOK)) {
            return Ok(());
        }
        let ledger = common.desk.lock();
        let lost = ledger.refusing || !ledger.undelivered.is_empty();
        if lost && common.promise.heals() {
            return Ok(());
        }
        if left.is_zero() {
            let records = ledger.unreported.max(0) as usize + ledger.busy;
            return Err(StreamError::Undrained { group: common.options.group.clone(), records });
        }
    }
}

/// How long the last transaction may take, when the stop began at `since`.
pub fn limit(options: &Options, since: Instant) -> Duration {
    options.drain.saturating_sub(since.elapsed()).saturating_add(COMMIT)
}

/// Commits what is done and leaves the group, as far as the brokers let it in time.
fn leave(consumer: BaseConsumer<Member>, common: &Common) {
    let (desk, promise) = (common.desk.clone(), common.promise.clone());
    let group = common.options.group.clone();
    release(LEAVE, move || {
        if let Err(error) = last_commit(|| promise.release(&consumer, &desk, None)) {
            tracing::warn!(group, "the last offsets: {error}");
        }
        // The time for draining is over: the revocation that comes with leaving finds nothing to do.
        desk.enter(Ledger::forget);
        goodbye(&consumer);
        drop(consumer);
    });
}

/// Tries `commit` until no rebalance refuses it. librdkafka goes through a rebalance by itself, up to
/// the new generation of the group, in which a commit is welcome again; without one, others would
/// read again what was done here.
fn last_commit(commit: impl Fn() -> Result<(), StreamError>) -> Result<(), StreamError> {
    let since = Instant::now();
    loop {
        match commit() {
            Err(error) if is_passing(&error) && since.elapsed() < REBALANCE => {
                thread::sleep(AGAIN);
            }
            done => return done,
        }
    }
}

/// Whether a rebalance refused the commit; who is out of the group is refused in other words.
fn is_passing(error: &StreamError) -> bool {
    error.kind() == Kind::Conflict && error.retriable()
}
