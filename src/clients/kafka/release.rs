//! Closing librdkafka clients: it can wait for brokers that are gone, so it never happens on the
//! thread of a script.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};

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

/// Tells the group of `consumer`, which is about to be dropped, that it goes, where dropping it does
/// not.
///
/// librdkafka 2.12 closes a member without partitions silently where the protocol is cooperative
/// (`rd_kafka_cgrp_revoke_all_rejoin`): every rebalance then waits for it until its session times
/// out. Unsubscribing tells the group.
pub fn goodbye<C: ConsumerContext>(consumer: &BaseConsumer<C>) {
    if consumer.assignment().is_ok_and(|assigned| assigned.count() == 0) {
        consumer.unsubscribe();
    }
}
