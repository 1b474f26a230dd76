//! A transactional id as it is kept over a restart.

use kafka_protocol::ResponseError;
use serde::{Deserialize, Serialize};

use super::{State, Transaction};
use crate::embedded::broker::disk::{Disk, coordinators};
use crate::embedded::broker::producers::Identity;

/// The table of transactional ids.
pub(super) const TABLE: &str = "transactions";

/// Where one transactional id is kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Keeper {
    pub(super) disk: Disk,
    pub(super) id: String,
}

/// A transactional id in its table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) owner: Identity,
    pub(super) before: Identity,
    pub(super) state: State,
    pub(super) timeout_ms: i32,
    pub(super) started_ms: i64,
    pub(super) partitions: Vec<(String, i32)>,
    pub(super) groups: Vec<String>,
}

impl Transaction {
    /// Does `work` and keeps what became of the transaction. If either fails, nothing has changed.
    pub(super) fn kept<T>(
        &mut self,
        work: impl FnOnce(&mut Transaction) -> Result<T, ResponseError>,
    ) -> Result<T, ResponseError> {
        if self.keeper.disk.storage().is_none() {
            return work(self);
        }
        let before = self.clone();
        let done = work(self).and_then(|done| self.save().map(|()| done));
        if done.is_err() {
            *self = before;
        }
        done
    }

    fn save(&self) -> Result<(), ResponseError> {
        let row = Row {
            owner: self.owner,
            before: self.before,
            state: self.state,
            timeout_ms: self.timeout_ms,
            started_ms: self.started_ms,
            partitions: self.partitions.keys().cloned().collect(),
            groups: self.groups.keys().cloned().collect(),
        };
        let saved = self.keeper.disk.save(|changes| changes.put(TABLE, &self.keeper.id, &row));
        saved.map_err(coordinators)
    }
}
