//! The versions of a subject.

use serde::{Deserialize, Serialize};

/// The versions of a subject, in rising order.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(in crate::embedded::registry) struct Subject {
    versions: Vec<Version>,
}

/// One version of a subject.
#[derive(Clone, Copy, Deserialize, Serialize)]
pub(in crate::embedded::registry) struct Version {
    pub number: u32,
    pub id: u32,
    /// Hidden, but not gone.
    pub deleted: bool,
}

impl Subject {
    /// The versions that are not deleted, or all.
    pub fn listed(&self, deleted: bool) -> impl DoubleEndedIterator<Item = &Version> {
        self.versions.iter().filter(move |version| deleted || !version.deleted)
    }

    /// Whether there is nothing to list.
    pub fn is_empty(&self, deleted: bool) -> bool {
        self.listed(deleted).next().is_none()
    }

    /// The number that comes next: that of the last version that is not gone, and one.
    pub fn next(&self) -> u32 {
        self.versions.last().map_or(1, |version| version.number + 1)
    }

    /// Adds a version. It takes the place of the one with its number, and of deleted ones with the
    /// same schema.
    pub fn add(&mut self, id: u32, number: u32) {
        self.versions.retain(|old| old.number != number && !(old.deleted && old.id == id));
        self.versions.push(Version { number, id, deleted: false });
        self.versions.sort_by_key(|version| version.number);
    }

    /// Hides the versions with these numbers.
    pub fn hide(&mut self, numbers: &[u32]) {
        for version in &mut self.versions {
            version.deleted |= numbers.contains(&version.number);
        }
    }

    /// Removes the versions with these numbers for good.
    pub fn remove(&mut self, numbers: &[u32]) {
        self.versions.retain(|version| !numbers.contains(&version.number));
    }
}
