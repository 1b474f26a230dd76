//! How many clients are connected.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::embedded::broker::node::Node;

/// A number of connections.
#[derive(Debug, Default)]
pub struct Connections(AtomicUsize);

impl Connections {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// One connection; dropping it takes it off the count.
pub struct Connected(Arc<Node>);

impl Connected {
    /// One more connection to `node`.
    pub fn new(node: Arc<Node>) -> Connected {
        node.connections.0.fetch_add(1, Ordering::Relaxed);
        node.pulse.beat();
        Connected(node)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.connections.0.fetch_sub(1, Ordering::Relaxed);
        self.0.pulse.beat();
    }
}
