//! Closing librdkafka clients: it can wait for brokers that are gone, so it never happens on the
//! thread of a script.

use std::sync::mpsc;
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
    if spawned.is_ok() {
        // An error means either "closed" (the sender is gone) or "too late": go on in both cases.
        let _ = wait.recv_timeout(patience);
    }
}
