//! The tables of the folder of a stack.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::problem::Problem;
use super::super::settings::Setting;
use super::lookup::Store;
use super::{Scoped, Subject};
use crate::embedded::storage::{Changes, Storage, StorageError};

/// Schemas by id.
pub(super) const SCHEMAS: &str = "registry-schemas";
/// Versions by subject.
pub(super) const SUBJECTS: &str = "registry-subjects";
/// Numbers of the registry itself.
pub(super) const NUMBERS: &str = "registry-numbers";
/// The highest id.
pub(super) const LAST: &str = "last-id";
/// The key of what holds for all subjects; no subject has this name.
pub(super) const ALL: &str = "";

impl Store {
    /// A store with what `data` holds.
    pub(super) fn open(data: Option<Arc<Storage>>) -> Result<Store, StorageError> {
        let mut store = Store::default();
        let Some(storage) = &data else { return Ok(store) };
        for (id, schema) in storage.all(SCHEMAS)? {
            if let Ok(id) = id.parse() {
                store.know(id, schema);
            }
        }
        store.subjects = storage.all::<Subject>(SUBJECTS)?.into_iter().collect();
        let mut numbers = storage.all::<u32>(NUMBERS)?.into_iter();
        let last = numbers.find(|(key, _)| key == LAST).map_or(0, |(_, id)| id);
        store.last = store.last.max(last);
        store.levels = settings(storage)?;
        store.modes = settings(storage)?;
        store.data = data;
        Ok(store)
    }

    /// Keeps `changes`: only then they are made in memory, and told.
    pub(super) fn keep(&self, changes: Changes) -> Result<(), Problem> {
        match &self.data {
            Some(data) => data.write(changes).map_err(Problem::not_kept),
            None => Ok(()),
        }
    }
}

fn settings<S: Setting + Serialize + DeserializeOwned>(
    storage: &Storage,
) -> Result<Scoped<S>, StorageError> {
    let mut settings = Scoped::default();
    for (subject, value) in storage.all::<S>(S::TABLE)? {
        settings.set((subject != ALL).then_some(&*subject), Some(value));
    }
    Ok(settings)
}
