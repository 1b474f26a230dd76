//! The deadlines of a group, kept by one sleeping task.

use std::sync::Arc;

use tokio::time::{Instant, sleep_until};

use super::SharedGroup;
use crate::embedded::broker::locks::lock;

/// Lets the deadlines of `shared` pass, until it is deleted. It sleeps till the next deadline or the
/// next change.
pub async fn run(shared: Arc<SharedGroup>) {
    loop {
        let next = {
            let mut group = lock(&shared.group);
            if group.dead {
                return;
            }
            group.expire(Instant::now())
        };
        match next {
            None => shared.changed.notified().await,
            Some(deadline) => tokio::select! {
                () = sleep_until(deadline) => {}
                () = shared.changed.notified() => {}
            },
        }
    }
}
