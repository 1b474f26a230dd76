//! The deadline of a transaction, kept by one sleeping task.

use std::sync::Arc;

use tokio::time::{Instant, sleep_until};

use super::SharedTransaction;

/// Aborts each transaction of `shared` whose time is up. It sleeps till the deadline or the next
/// change.
pub async fn run(shared: Arc<SharedTransaction>) {
    loop {
        match shared.with(|transaction| transaction.expire(Instant::now())) {
            None => shared.changed.notified().await,
            Some(deadline) => tokio::select! {
                () = sleep_until(deadline) => {}
                () = shared.changed.notified() => {}
            },
        }
    }
}
