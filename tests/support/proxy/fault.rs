//! What can go wrong on the way, and what goes wrong now.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch::{self, error::RecvError};

/// What happens to bytes other than that they arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// They arrive so much later, each way.
    Latency(Duration),
    /// So many a second arrive, each way on each connection.
    Throttle(usize),
    /// So many a second arrive at the server; its answers come at full speed.
    ThrottleUp(usize),
    /// They are gone and nobody is told, as behind a router that forgot the connection: whatever
    /// connection lost one never passes another.
    Swallow,
    /// They wait until the fault is over, as TCP does over a broken line.
    Hold,
    /// Connections are reset, those that stand and those that come.
    Refuse,
    /// The server is not asked: this is the answer to whatever is sent, and the connection closed.
    Answer(String),
}

/// What goes wrong now, as all connections of a proxy see it.
#[derive(Clone)]
pub struct Faults {
    now: watch::Receiver<Option<Fault>>,
    resets: watch::Receiver<usize>,
    hits: Arc<AtomicUsize>,
}

impl Faults {
    pub fn new(
        now: watch::Receiver<Option<Fault>>,
        resets: watch::Receiver<usize>,
        hits: Arc<AtomicUsize>,
    ) -> Faults {
        Faults { now, resets, hits }
    }

    pub fn now(&self) -> Option<Fault> {
        self.now.borrow().clone()
    }

    /// Takes note that the fault struck.
    pub fn hit(&self) {
        self.hits.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until something else goes wrong, or nothing.
    pub async fn change(&mut self) {
        if self.now.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until connections are to be reset.
    pub async fn reset(mut self) {
        self.resets.mark_unchanged();
        let refused = async {
            while *self.now.borrow_and_update() != Some(Fault::Refuse) {
                self.now.changed().await?;
            }
            Ok::<_, RecvError>(())
        };
        tokio::select! {
            Ok(()) = refused => {}
            Ok(()) = self.resets.changed() => {}
            else => std::future::pending().await,
        }
    }
}
