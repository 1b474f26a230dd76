//! How much a broker has to do and to keep.

use std::fmt;
use std::sync::Arc;

use crate::embedded::broker::log::Isolation;
use crate::embedded::broker::node::Node;

/// What a broker holds, and who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// How many topics it has.
    pub topics: usize,
    /// How many offsets the logs of all partitions span: their records, and the ends of transactions.
    pub records: u64,
    /// How many bytes these take.
    pub bytes: usize,
    /// How many connections clients have.
    pub connections: usize,
}

/// A view of a broker for one watcher. It keeps the broker's state, not the broker, alive.
#[derive(Clone)]
pub struct Watch(Arc<Node>);

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watch").field(&self.status()).finish()
    }
}

impl Watch {
    /// A view of `node`.
    pub fn new(node: Arc<Node>) -> Watch {
        Watch(node)
    }

    /// How it is now.
    pub fn status(&self) -> Status {
        let topics = self.0.topics.all();
        let partitions = topics.iter().flat_map(|topic| topic.partitions());
        let spans = partitions.map(|partition| {
            let (start, end) = partition.bounds(Isolation::Uncommitted);
            u64::try_from(end - start).unwrap_or_default()
        });
        Status {
            topics: topics.len(),
            records: spans.sum(),
            bytes: self.0.topics.memory.used(),
            connections: self.0.connections.count(),
        }
    }

    /// Waits until it may have changed since the last wait. The first wait ends at once.
    pub async fn changed(&self) {
        self.0.pulse.wait().await;
    }
}
