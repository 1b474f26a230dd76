//! All transactional ids.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, RwLock};

use kafka_protocol::ResponseError;
use tokio::sync::Notify;

use super::keep::Keeper;
use super::{Transaction, clock};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::locks::{lock, read, write};

/// A transactional id and the bell that tells its clock of changes.
///
/// Who holds it may ask for a group or a partition, never the other way round.
#[derive(Debug)]
pub struct SharedTransaction {
    transaction: Mutex<Transaction>,
    pub(super) changed: Notify,
}

impl SharedTransaction {
    /// Shares `transaction` and watches its deadline. Needs the broker's runtime.
    pub(super) fn start(transaction: Transaction) -> Arc<SharedTransaction> {
        let transaction = Mutex::new(transaction);
        let shared = Arc::new(SharedTransaction { transaction, changed: Notify::new() });
        tokio::spawn(clock::run(shared.clone()));
        shared
    }

    /// Does `work` with the transaction, then lets the clock look at its deadline.
    pub fn change<T>(&self, work: impl FnOnce(&mut Transaction) -> T) -> T {
        let done = self.with(work);
        self.changed.notify_one();
        done
    }

    /// Does `work` that moves no deadline.
    pub fn with<T>(&self, work: impl FnOnce(&mut Transaction) -> T) -> T {
        work(&mut lock(&self.transaction))
    }
}

/// All transactional ids.
#[derive(Debug, Default)]
pub struct Transactions {
    pub(super) known: RwLock<BTreeMap<String, Arc<SharedTransaction>>>,
    pub(super) disk: Disk,
}

impl Transactions {
    /// The transactional id `id`, which a producer must have claimed.
    pub fn get(&self, id: &str) -> Result<Arc<SharedTransaction>, ResponseError> {
        if id.is_empty() {
            return Err(ResponseError::InvalidRequest);
        }
        read(&self.known).get(id).cloned().ok_or(ResponseError::InvalidProducerIdMapping)
    }

    /// The transactional id `id`, which is made if there is none. Needs the broker's runtime.
    pub fn get_or_create(&self, id: &str) -> Result<Arc<SharedTransaction>, ResponseError> {
        match self.get(id) {
            Err(ResponseError::InvalidProducerIdMapping) => {}
            found => return found,
        }
        let mut known = write(&self.known);
        let shared = known.entry(id.to_owned()).or_insert_with(|| {
            let keeper = Keeper { disk: self.disk.clone(), id: id.to_owned() };
            SharedTransaction::start(Transaction { keeper, ..Transaction::default() })
        });
        Ok(shared.clone())
    }

    /// All transactional ids.
    pub fn all(&self) -> Vec<(String, Arc<SharedTransaction>)> {
        read(&self.known).iter().map(|(id, shared)| (id.clone(), shared.clone())).collect()
    }
}
