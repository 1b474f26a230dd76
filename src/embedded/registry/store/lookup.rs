//! What is there: schemas by id, versions by subject, levels and modes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::mode::Mode;
use super::super::problem::Problem;
use super::super::schema_text::Stored;
use super::{Scoped, Subject};
use crate::embedded::storage::{Storage, StorageError};
use crate::formats::avro::evolution::Level;

/// The store as handlers share it.
#[derive(Clone)]
pub(in crate::embedded::registry) struct Shared(Arc<Mutex<Store>>);

impl Shared {
    /// A store with what `data` holds, which keeps its changes there; without, an empty one.
    pub fn open(data: Option<Arc<Storage>>) -> Result<Shared, StorageError> {
        Ok(Shared(Arc::new(Mutex::new(Store::open(data)?))))
    }

    pub fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everything the registry knows.
#[derive(Default)]
pub(in crate::embedded::registry) struct Store {
    pub(super) schemas: BTreeMap<u32, Stored>,
    pub(super) ids: HashMap<String, u32>,
    /// The highest id ever given: none is given twice.
    pub(super) last: u32,
    pub(super) subjects: BTreeMap<String, Subject>,
    pub levels: Scoped<Level>,
    pub modes: Scoped<Mode>,
    /// Where changes are kept.
    pub(super) data: Option<Arc<Storage>>,
}

impl Store {
    /// The schema with this id; ids start at 1.
    pub fn schema(&self, id: u32) -> Result<&Stored, Problem> {
        self.schemas.get(&id).ok_or_else(|| Problem::no_id(id))
    }

    /// The id of an equal schema, if there is one.
    pub fn id(&self, schema: &Stored) -> Option<u32> {
        self.ids.get(&schema.identity()).copied()
    }

    /// The names and versions of all subjects, deleted ones too.
    pub fn subjects(&self) -> impl Iterator<Item = (&String, &Subject)> {
        self.subjects.iter()
    }

    /// The versions of a subject; of an unknown one there are none.
    pub fn versions(&self, name: &str) -> Subject {
        self.subjects.get(name).cloned().unwrap_or_default()
    }

    /// A subject with at least one version that is listed.
    pub fn subject(&self, name: &str, deleted: bool) -> Result<&Subject, Problem> {
        let found = self.subjects.get(name).filter(|subject| !subject.is_empty(deleted));
        found.ok_or_else(|| Problem::no_subject(name))
    }

    /// The ids of the schemas of listed versions that use `version` of `subject`.
    pub fn users(&self, subject: &str, version: u32) -> Vec<u32> {
        let uses = |id: &u32| {
            self.schemas.get(id).is_some_and(|schema| {
                let mut references = schema.references.iter();
                references.any(|used| used.subject == subject && used.version == version)
            })
        };
        let versions = self.subjects.values().flat_map(|subject| subject.listed(false));
        let ids: BTreeSet<u32> = versions.map(|version| version.id).filter(uses).collect();
        ids.into_iter().collect()
    }
}
