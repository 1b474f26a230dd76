//! All groups.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, RwLock};

use kafka_protocol::ResponseError;
use tokio::sync::Notify;

use super::{Group, clock};
use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::ids::Ids;
use crate::embedded::broker::locks::{lock, read, write};
use crate::embedded::broker::offsets::{Keeper, Kept, Offsets};
use crate::embedded::storage::StorageError;

/// A group and the bell that tells its clock of changes.
#[derive(Debug)]
pub struct SharedGroup {
    pub(super) group: Mutex<Group>,
    pub(super) changed: Notify,
}

impl SharedGroup {
    /// A group called `id` without members, whose offsets `disk` keeps. Needs the broker's runtime.
    fn start(id: &str, disk: &Disk) -> Arc<SharedGroup> {
        let offsets = Offsets::new(Keeper::new(disk.clone(), id));
        let group = Mutex::new(Group { offsets, ..Group::default() });
        let shared = Arc::new(SharedGroup { group, changed: Notify::new() });
        tokio::spawn(clock::run(shared.clone()));
        shared
    }

    /// Whether nobody needs the group any more; then its clock stops. Nobody but the table and the
    /// clock may have a hand on it.
    fn is_left(self: &Arc<SharedGroup>) -> bool {
        let left = Arc::strong_count(self) <= 2 && self.with(|group| group.is_idle());
        if left {
            self.change(|group| group.dead = true);
        }
        left
    }

    /// Does `work` with the group, then lets the clock look at its deadlines.
    pub fn change<T>(&self, work: impl FnOnce(&mut Group) -> T) -> T {
        let done = work(&mut lock(&self.group));
        self.changed.notify_one();
        done
    }

    /// Does `work` that brings no deadline nearer.
    pub fn with<T>(&self, work: impl FnOnce(&mut Group) -> T) -> T {
        work(&mut lock(&self.group))
    }
}

/// So many groups at a time come before those are looked for that have neither members nor offsets.
const MANY: usize = 1000;

/// All groups by name.
#[derive(Debug, Default)]
pub struct Groups {
    known: RwLock<BTreeMap<String, Arc<SharedGroup>>>,
    /// Ids for members.
    pub ids: Ids,
    disk: Disk,
}

impl Groups {
    /// The groups of which `disk` keeps offsets. Needs the broker's runtime.
    pub fn restore(disk: Disk) -> Result<Groups, StorageError> {
        let kept = Kept::all(&disk)?;
        let groups = Groups { disk, ..Groups::default() };
        for offset in kept {
            groups.get_or_create(&offset.group).with(|group| group.offsets.restore(offset));
        }
        Ok(groups)
    }

    /// The group called `id`.
    pub fn get(&self, id: &str) -> Option<Arc<SharedGroup>> {
        read(&self.known).get(id).cloned()
    }

    /// The group called `id`, which is made if there is none. Needs the broker's runtime.
    pub fn get_or_create(&self, id: &str) -> Arc<SharedGroup> {
        if let Some(shared) = self.get(id) {
            return shared;
        }
        let mut known = write(&self.known);
        if !known.is_empty() && known.len().is_multiple_of(MANY) {
            known.retain(|_, shared| !shared.is_left());
        }
        let shared =
            known.entry(id.to_owned()).or_insert_with(|| SharedGroup::start(id, &self.disk));
        shared.clone()
    }

    /// All groups by name.
    pub fn all(&self) -> Vec<(String, Arc<SharedGroup>)> {
        read(&self.known).iter().map(|(id, shared)| (id.clone(), shared.clone())).collect()
    }

    /// Deletes a group without members, with its offsets.
    pub fn delete(&self, id: &str) -> Result<(), ResponseError> {
        let mut known = write(&self.known);
        let shared = known.get(id).ok_or(ResponseError::GroupIdNotFound)?;
        shared.change(|group| {
            if !group.is_empty() {
                return Err(ResponseError::NonEmptyGroup);
            }
            group.offsets.forget(|_, _| true)?;
            group.dead = true;
            Ok(())
        })?;
        known.remove(id);
        Ok(())
    }

    /// Forgets what all groups committed for the partitions that `gone` says yes to.
    pub fn forget(&self, gone: impl Fn(&str, i32) -> bool) {
        for (_, shared) in self.all() {
            // What stays for a topic that is gone is forgotten when the broker starts again.
            let _ = shared.with(|group| group.offsets.forget(&gone));
        }
    }
}
