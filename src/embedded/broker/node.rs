//! Everything the one node of the cluster knows.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::configs::Settings;
use super::disk::Disk;
use super::faults::Faults;
use super::groups::Groups;
use super::memory::Memory;
use super::options::BrokerOptions;
use super::producers::ProducerIds;
use super::topics::Topics;
use super::transactions::Transactions;
use crate::embedded::broker::watch::Connections;
use crate::embedded::broker::watch::Pulse;
use crate::embedded::storage::StorageError;

/// The number of the only broker.
pub const NODE_ID: i32 = 1;
/// The number of leaders a partition ever had, less one: the only broker leads from the start.
pub const LEADER_EPOCH: i32 = 0;
/// The name of the cluster.
pub const CLUSTER_ID: &str = crate::settings::EMBEDDED_CLUSTER_ID;

/// The state that all connections share.
pub struct Node {
    /// Where clients reach the broker.
    pub address: SocketAddr,
    /// Topics and their records.
    pub topics: Topics,
    /// Consumer groups and their offsets.
    pub groups: Groups,
    /// The broker's settings.
    pub settings: Settings,
    /// Ids for idempotent and transactional producers.
    pub producers: ProducerIds,
    /// Transactional ids and their open transactions.
    pub transactions: Transactions,
    /// What happens to requests other than usual, and how many came.
    pub faults: Arc<Faults>,
    /// How many clients are connected.
    pub connections: Connections,
    /// Beats whenever something may have changed.
    pub pulse: Pulse,
    /// How long records that are too old may stay, milliseconds.
    pub retention_check_ms: i64,
}

impl Node {
    /// A broker that clients reach at `address`, with what it kept, or nothing. Needs the broker's
    /// runtime.
    pub fn start(address: SocketAddr, options: &BrokerOptions) -> Result<Node, StorageError> {
        let disk = Disk::new(options.data.clone());
        let topics = Topics::restore(Memory::new(options.max_memory), &disk)?;
        let groups = Groups::restore(disk.clone())?;
        groups.forget(|topic, partition| topics.partition(topic, partition).is_err());
        let transactions = Transactions::restore(disk.clone(), &topics, &groups)?;
        if let Some(storage) = disk.storage() {
            for note in transactions.abort_orphans(&topics, &groups) {
                storage.note(note);
            }
        }
        Ok(Node {
            address,
            topics,
            groups,
            settings: Settings::restore(disk.clone())?,
            producers: ProducerIds::restore(disk)?,
            transactions,
            faults: Arc::new(Faults::new()),
            connections: Connections::default(),
            pulse: Pulse::default(),
            retention_check_ms: options.retention_check.as_millis() as i64,
        })
    }

    /// The host that clients connect to.
    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    /// The port that clients connect to.
    pub fn port(&self) -> i32 {
        i32::from(self.address.port())
    }
}

/// Milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
