//! Wakes one who watches the broker.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Tells a watcher that something may have changed. While nobody watches, that costs a look at a
/// flag.
#[derive(Debug, Default)]
pub struct Pulse {
    watched: AtomicBool,
    beats: Notify,
}

impl Pulse {
    /// Something may have changed.
    pub fn beat(&self) {
        if self.watched.load(Ordering::Relaxed) {
            self.beats.notify_one();
        }
    }

    /// Waits until something may have changed since the last wait; the first one begins the watch
    /// and ends at once.
    pub async fn wait(&self) {
        if self.watched.swap(true, Ordering::Relaxed) {
            self.beats.notified().await;
        }
    }
}
