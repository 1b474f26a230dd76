//! What holds for all subjects, or for one.

use std::collections::BTreeMap;

/// A value for all subjects, and the values of subjects that have their own.
#[derive(Default)]
pub(in crate::embedded::registry) struct Scoped<T> {
    all: Option<T>,
    own: BTreeMap<String, T>,
}

impl<T: Copy + Default> Scoped<T> {
    /// What holds for `subject`, or for those that have nothing of their own.
    pub fn of(&self, subject: Option<&str>) -> T {
        subject.and_then(|subject| self.own(subject)).or(self.all).unwrap_or_default()
    }

    /// What `subject` has of its own.
    pub fn own(&self, subject: &str) -> Option<T> {
        self.own.get(subject).copied()
    }

    /// Sets the value of `subject` or of all, or takes it away.
    pub fn set(&mut self, subject: Option<&str>, value: Option<T>) {
        match (subject, value) {
            (None, value) => self.all = value,
            (Some(subject), Some(value)) => {
                self.own.insert(subject.to_owned(), value);
            }
            (Some(subject), None) => {
                self.own.remove(subject);
            }
        }
    }
}
