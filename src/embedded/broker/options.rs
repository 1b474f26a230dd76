//! How a broker is started.

use std::sync::Arc;
use std::time::Duration;

use super::memory::DEFAULT_LIMIT;
use crate::embedded::storage::Storage;

/// How a broker is started.
#[derive(Debug, Clone)]
pub struct BrokerOptions {
    /// The port on 127.0.0.1; 0 is any free one.
    pub port: u16,
    /// How many bytes of records it holds before it refuses producers.
    pub max_memory: usize,
    /// How long records that are too old may stay: Kafka's `log.retention.check.interval.ms`.
    pub retention_check: Duration,
    /// What keeps its data over a restart; none: memory alone.
    pub data: Option<Arc<Storage>>,
}

impl Default for BrokerOptions {
    fn default() -> Self {
        BrokerOptions {
            port: 0,
            max_memory: DEFAULT_LIMIT,
            retention_check: Duration::from_secs(300),
            data: None,
        }
    }
}
