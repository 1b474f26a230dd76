//! What is registered: schemas by id, versions by subject, levels.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::problem::Problem;
use super::schema_text::identity;
use crate::formats::avro::Schema;
use crate::formats::avro::evolution::Level;

/// The store as handlers share it.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Store>>);

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Everything the registry knows.
#[derive(Default)]
pub(super) struct Store {
    schemas: Vec<Schema>,
    ids: HashMap<String, u32>,
    pub(super) subjects: BTreeMap<String, Subject>,
    pub(super) levels: BTreeMap<String, Level>,
    pub(super) level: Option<Level>,
}

/// The versions of a subject, in rising order.
#[derive(Default)]
pub(super) struct Subject {
    pub(super) versions: Vec<Version>,
    /// The highest number ever given: a permanently deleted number is not given again.
    last: u32,
}

/// One version of a subject.
#[derive(Clone, Copy)]
pub(super) struct Version {
    pub(super) number: u32,
    pub(super) id: u32,
    /// Hidden, but not gone.
    pub(super) deleted: bool,
}

impl Subject {
    /// The versions that are not deleted, or all.
    pub(super) fn listed(&self, deleted: bool) -> impl DoubleEndedIterator<Item = &Version> {
        self.versions.iter().filter(move |version| deleted || !version.deleted)
    }

    pub(super) fn append(&mut self, id: u32) -> Version {
        self.last += 1;
        let version = Version { number: self.last, id, deleted: false };
        self.versions.push(version);
        version
    }
}

impl Store {
    /// The schema with this id; ids start at 1.
    pub(super) fn schema(&self, id: u32) -> Result<&Schema, Problem> {
        let index = (id as usize).checked_sub(1);
        index.and_then(|index| self.schemas.get(index)).ok_or_else(|| Problem::no_id(id))
    }

    /// The id of an equal schema, if there is one.
    pub(super) fn id(&self, schema: &Schema) -> Option<u32> {
        self.ids.get(&identity(schema)).copied()
    }

    /// The id of an equal schema, or a new one.
    pub(super) fn keep(&mut self, schema: Schema) -> u32 {
        let key = identity(&schema);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        self.schemas.push(schema);
        let id = self.schemas.len() as u32;
        self.ids.insert(key, id);
        id
    }

    /// A subject with at least one version that is listed.
    pub(super) fn subject(&self, name: &str, deleted: bool) -> Result<&Subject, Problem> {
        let found = self.subjects.get(name);
        found
            .filter(|subject| subject.listed(deleted).next().is_some())
            .ok_or_else(|| Problem::no_subject(name))
    }

    /// The level that holds for `subject`.
    pub(super) fn level_of(&self, subject: &str) -> Level {
        self.levels.get(subject).copied().unwrap_or_else(|| self.global_level())
    }

    /// The level of subjects without their own; Confluent's default is BACKWARD.
    pub(super) fn global_level(&self) -> Level {
        self.level.unwrap_or(Level::Backward)
    }
}
