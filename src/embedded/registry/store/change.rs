//! What becomes of the store: each change is kept before it is made.

use std::collections::BTreeSet;

use super::super::mode::Mode;
use super::super::problem::Problem;
use super::super::schema_text::Stored;
use super::super::settings::Setting;
use super::Subject;
use super::kept::{ALL, LAST, NUMBERS, SCHEMAS, SUBJECTS};
use super::lookup::Store;
use crate::embedded::storage::Changes;
use crate::formats::avro::evolution::Level;

impl Store {
    /// Adds `schema` as a version of the subject `name`, and returns its id: the one of an equal
    /// schema, or a new one; and the next number. Both may be given, as they were elsewhere.
    pub fn register(
        &mut self,
        name: &str,
        schema: Stored,
        id: Option<u32>,
        number: Option<u32>,
    ) -> Result<u32, Problem> {
        let id = id.or_else(|| self.id(&schema)).unwrap_or(self.last + 1);
        let mut subject = self.versions(name);
        subject.add(id, number.unwrap_or(subject.next()));
        let changes = Changes::new().put(SUBJECTS, name, &subject);
        let last = self.last.max(id);
        self.keep(changes.put(SCHEMAS, &id.to_string(), &schema).put(NUMBERS, LAST, &last))?;
        self.know(id, schema);
        self.subjects.insert(name.to_owned(), subject);
        Ok(id)
    }

    /// Gives the subject `name` the versions of `subject`, some of which are deleted. Schemas that
    /// are of no use any more go, and with the last version in view the subject's level and mode.
    pub fn delete(&mut self, name: &str, subject: Subject) -> Result<(), Problem> {
        let gone = self.unused(name, &subject);
        let kept = Some(&subject).filter(|subject| !subject.is_empty(true));
        let mut changes = match kept {
            Some(subject) => Changes::new().put(SUBJECTS, name, subject),
            None => Changes::new().delete(SUBJECTS, name),
        };
        for id in &gone {
            changes = changes.delete(SCHEMAS, &id.to_string());
        }
        let hides = !self.versions(name).is_empty(false) && subject.is_empty(false);
        if hides {
            changes = changes.delete(Level::TABLE, name).delete(Mode::TABLE, name);
        }
        self.keep(changes)?;
        for id in gone {
            self.schemas.remove(&id);
            self.ids.retain(|_, known| *known != id);
        }
        if hides {
            self.levels.set(Some(name), None);
            self.modes.set(Some(name), None);
        }
        self.subjects.insert(name.to_owned(), subject);
        self.subjects.retain(|_, subject| !subject.is_empty(true));
        Ok(())
    }

    /// Sets what holds for `subject` or for all, or takes it away.
    pub fn set<S: Setting>(
        &mut self,
        subject: Option<&str>,
        value: Option<S>,
    ) -> Result<(), Problem> {
        let (changes, key) = (Changes::new(), subject.unwrap_or(ALL));
        self.keep(match &value {
            Some(value) => changes.put(S::TABLE, key, value),
            None => changes.delete(S::TABLE, key),
        })?;
        S::settings_mut(self).set(subject, value);
        Ok(())
    }

    /// Takes in a schema with its id.
    pub(super) fn know(&mut self, id: u32, schema: Stored) {
        self.last = self.last.max(id);
        self.ids.entry(schema.identity()).or_insert(id);
        self.schemas.insert(id, schema);
    }

    /// The ids that only `name` has, and has no more with the versions of `subject`.
    fn unused(&self, name: &str, subject: &Subject) -> BTreeSet<u32> {
        let ids = |subject: &Subject| {
            subject.listed(true).map(|version| version.id).collect::<BTreeSet<_>>()
        };
        let mut gone = ids(&self.versions(name));
        let others = self.subjects.iter().filter(|(other, _)| *other != name);
        for used in others.map(|(_, other)| other).chain([subject]) {
            let used = ids(used);
            gone.retain(|id| !used.contains(id));
        }
        gone
    }
}
