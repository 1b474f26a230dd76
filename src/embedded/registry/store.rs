//! What is registered: schemas by id, versions by subject, levels.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mode::Mode;
use super::problem::Problem;
use super::schema_text::Stored;
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
    schemas: BTreeMap<u32, Stored>,
    ids: HashMap<String, u32>,
    pub(super) subjects: BTreeMap<String, Subject>,
    pub(super) levels: BTreeMap<String, Level>,
    pub(super) level: Option<Level>,
    pub(super) modes: BTreeMap<String, Mode>,
    pub(super) mode: Mode,
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

    /// Adds a version with the next number, or with the one that it had elsewhere.
    pub(super) fn append(&mut self, id: u32, number: Option<u32>) {
        let number = number.unwrap_or(self.last + 1);
        self.last = self.last.max(number);
        self.versions.retain(|version| version.number != number);
        self.versions.push(Version { number, id, deleted: false });
        self.versions.sort_by_key(|version| version.number);
    }
}

impl Store {
    /// The schema with this id; ids start at 1.
    pub(super) fn schema(&self, id: u32) -> Result<&Stored, Problem> {
        self.schemas.get(&id).ok_or_else(|| Problem::no_id(id))
    }

    /// The id of an equal schema, if there is one.
    pub(super) fn id(&self, schema: &Stored) -> Option<u32> {
        self.ids.get(&schema.identity()).copied()
    }

    /// The id of an equal schema, or a new one.
    pub(super) fn keep(&mut self, schema: Stored) -> u32 {
        let id = self.schemas.last_key_value().map_or(1, |(last, _)| last + 1);
        *self.ids.entry(schema.identity()).or_insert_with(|| {
            self.schemas.insert(id, schema);
            id
        })
    }

    /// Keeps `schema` as `id`, which it had elsewhere.
    pub(super) fn import(&mut self, id: u32, schema: Stored) -> Result<(), Problem> {
        if self.schemas.get(&id).is_some_and(|known| known.identity() != schema.identity()) {
            return Err(Problem::not_permitted(format!(
                "Overwrite new schema with id {id} is not permitted."
            )));
        }
        self.ids.entry(schema.identity()).or_insert(id);
        self.schemas.insert(id, schema);
        Ok(())
    }

    /// The ids of the schemas of listed versions that use `version` of `subject`.
    pub(super) fn users(&self, subject: &str, version: u32) -> Vec<u32> {
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

    /// The mode that holds for `subject`.
    pub(super) fn mode_of(&self, subject: &str) -> Mode {
        self.modes.get(subject).copied().unwrap_or(self.mode)
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
