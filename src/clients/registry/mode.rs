//! Modes: whether schemas may be registered.

use std::fmt;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::call::Call;
use super::error::RegistryError;
use super::session::Registry;
use crate::clients::{Action, authorize};

/// What may be done with a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Schemas are registered and deleted.
    ReadWrite,
    /// They are only read.
    ReadOnly,
    /// They are registered with the ids and versions that they had elsewhere.
    Import,
}

impl Mode {
    /// All modes, the default first.
    pub const ALL: [Mode; 3] = [Mode::ReadWrite, Mode::ReadOnly, Mode::Import];

    /// The word of the API, as `READWRITE`.
    pub fn word(self) -> &'static str {
        match self {
            Mode::ReadWrite => "READWRITE",
            Mode::ReadOnly => "READONLY",
            Mode::Import => "IMPORT",
        }
    }

    /// The mode that `word` names, in any case.
    pub fn from_word(word: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.word().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A mode as the API answers it. Registries know more words than are set here.
#[derive(Deserialize)]
struct Shown {
    mode: String,
}

fn path(subject: Option<&str>) -> Vec<&str> {
    ["mode"].into_iter().chain(subject).collect()
}

/// Apicurio has no modes; of a subject's it says nothing, with status 204.
const WHAT: &str = "modes";

fn attempt(verb: &str, subject: Option<&str>) -> String {
    match subject {
        Some(subject) => format!("{verb} the mode of subject `{subject}` at"),
        None => format!("{verb} the mode of"),
    }
}

impl Registry {
    /// The word for the mode of `subject`, or for the one of all subjects that have none of their
    /// own.
    pub fn mode(&self, subject: Option<&str>) -> Result<String, RegistryError> {
        let call = Call::get(attempt("read", subject), &path(subject));
        let call = call.optional(WHAT).flag("defaultToGlobal", subject.is_some());
        let shown: Shown = self.call(&call)?;
        Ok(shown.mode)
    }

    /// The mode that `subject` has of its own, if it has one.
    pub fn own_mode(&self, subject: &str) -> Result<Option<String>, RegistryError> {
        let subject = Some(subject);
        let call = Call::get(attempt("read", subject), &path(subject)).optional(WHAT);
        match self.call::<Shown>(&call) {
            Ok(shown) => Ok(Some(shown.mode)),
            Err(error) if error.is_unset() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets the mode of `subject`, or the one of all subjects that have none of their own. A
    /// registry takes `Import` only where nothing is registered, unless `force`.
    pub fn set_mode(
        &self,
        subject: Option<&str>,
        mode: Mode,
        force: bool,
    ) -> Result<(), RegistryError> {
        authorize(&self.context, &Action::SetMode(subject.unwrap_or("*").to_owned()))?;
        let body = json!({ "mode": mode.word() });
        let call = Call::put(attempt("set", subject), &path(subject), body);
        self.call::<Json>(&call.optional(WHAT).flag("force", force)).map(drop)
    }

    /// Takes the mode of `subject` away, so that the global one holds for it. Returns whether it
    /// had one.
    pub fn delete_mode(&self, subject: &str) -> Result<bool, RegistryError> {
        authorize(&self.context, &Action::SetMode(subject.to_owned()))?;
        let subject = Some(subject);
        let call = Call::delete(attempt("delete", subject), &path(subject)).optional(WHAT);
        match self.call::<Json>(&call) {
            Ok(_) => Ok(true),
            Err(error) if error.is_unset() => Ok(false),
            Err(error) => Err(error),
        }
    }
}
