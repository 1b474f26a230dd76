//! How a broker is started.

use std::time::Duration;

use super::memory::DEFAULT_LIMIT;

/// How a broker is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokerOptions {
    /// The port on 127.0.0.1; 0 is any free one.
    pub port: u16,
    /// How many bytes of records it holds before it refuses producers.
    pub max_memory: usize,
    /// How long records that are too old may stay: Kafka's `log.retention.check.interval.ms`.
    pub retention_check: Duration,
}

impl Default for BrokerOptions {
    fn default() -> Self {
        BrokerOptions {
            port: 0,
            max_memory: DEFAULT_LIMIT,
            retention_check: Duration::from_secs(300),
        }
    }
}
