//! Modes: whether schemas may be registered.

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::settings::Setting;
use super::store::{Scoped, Store};

/// What may be done with a subject.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Mode {
    #[default]
    ReadWrite,
    ReadOnly,
    /// Schemas come with the ids and versions that they had elsewhere.
    Import,
}

impl Setting for Mode {
    const TABLE: &'static str = "registry-modes";
    const FIELD: &'static str = "mode";
    const SHOWN: &'static str = "mode";

    fn word(self) -> &'static str {
        match self {
            Mode::ReadWrite => "READWRITE",
            Mode::ReadOnly => "READONLY",
            Mode::Import => "IMPORT",
        }
    }

    fn from_word(word: &str) -> Option<Mode> {
        let all = [Mode::ReadWrite, Mode::ReadOnly, Mode::Import];
        all.into_iter().find(|mode| mode.word().eq_ignore_ascii_case(word))
    }

    fn unknown() -> Problem {
        Problem::bad_mode()
    }

    fn unset(subject: &str) -> Problem {
        Problem::no_mode(subject)
    }

    fn settings(store: &Store) -> &Scoped<Mode> {
        &store.modes
    }

    fn settings_mut(store: &mut Store) -> &mut Scoped<Mode> {
        &mut store.modes
    }

    /// Imported schemas may not meet others, unless they are forced to.
    fn may_set(
        store: &Store,
        subject: Option<&str>,
        mode: Option<Mode>,
        force: bool,
    ) -> Result<(), Problem> {
        let mut subjects = store.subjects();
        let meets = subjects.any(|(name, versions)| {
            subject.is_none_or(|subject| subject == name) && !versions.is_empty(false)
        });
        if mode == Some(Mode::Import) && meets && !force {
            return Err(Problem::not_permitted("Cannot import since found existing subjects"));
        }
        Ok(())
    }
}

/// Nothing where `subject`, or what holds for all, may be changed.
pub(super) fn may_change(store: &Store, subject: Option<&str>) -> Result<(), Problem> {
    match store.modes.of(subject) {
        Mode::ReadOnly => Err(Problem::not_permitted(match subject {
            Some(subject) => format!("Subject {subject} is in read-only mode"),
            None => "All subjects are in read-only mode".to_owned(),
        })),
        Mode::ReadWrite | Mode::Import => Ok(()),
    }
}

/// Nothing where a schema may be registered under `subject`, with an id of its own or without.
pub(super) fn may_register(store: &Store, subject: &str, with_id: bool) -> Result<(), Problem> {
    may_change(store, Some(subject))?;
    let wanted = if with_id { Mode::Import } else { Mode::ReadWrite };
    if store.modes.of(Some(subject)) == wanted {
        return Ok(());
    }
    let word = if with_id { "import" } else { "read-write" };
    Err(Problem::not_permitted(format!("Subject {subject} is not in {word} mode")))
}
