//! Closing librdkafka clients: it can wait for brokers that are gone, so it never happens on the
//! thread of a script.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Runs `close` (flush, commit, drop) on a thread of its own and waits for it at most `patience`.
/// What is not closed by then is left to that thread.
pub fn release(patience: Duration, close: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel::<()>();
    let spawned = thread::Builder::new().name("kafka release".into()).spawn(move || {
        close();
        drop(done);
    });
    if spawned.is_ok() && wait.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
        tracing::warn!("a Kafka client did not close within {patience:?} and is left behind");
    }
}
