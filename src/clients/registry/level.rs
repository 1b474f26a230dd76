//! Compatibility levels.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Value as Json, json};

use super::call::Call;
use super::error::RegistryError;
use super::session::Registry;
use crate::clients::{Action, authorize};
use crate::formats::avro::evolution::Level;

/// A level as the API answers it, under one of two names.
#[derive(Deserialize)]
pub(super) struct Config {
    #[serde(alias = "compatibility", rename = "compatibilityLevel", deserialize_with = "level")]
    pub(super) level: Level,
}

fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
    let word = String::deserialize(deserializer)?;
    Level::from_word(&word).ok_or_else(|| D::Error::custom("no compatibility level"))
}

impl Config {
    /// The request for the level of `subject`, or for the global one; a subject without its own
    /// answers with the global one if `inherit`.
    pub(super) fn call(subject: Option<&str>, inherit: bool) -> Call {
        let call = Call::get(attempt("read", subject), &path(subject));
        call.flag("defaultToGlobal", inherit && subject.is_some())
    }
}

fn path(subject: Option<&str>) -> Vec<&str> {
    ["config"].into_iter().chain(subject).collect()
}

fn attempt(verb: &str, subject: Option<&str>) -> String {
    match subject {
        Some(subject) => format!("{verb} the compatibility level of subject `{subject}` at"),
        None => format!("{verb} the compatibility level of"),
    }
}

impl Registry {
    /// The level of `subject`, or the one of all subjects that have none of their own.
    pub fn level(&self, subject: Option<&str>) -> Result<Level, RegistryError> {
        Ok(self.call::<Config>(&Config::call(subject, true))?.level)
    }

    /// The level that `subject` has of its own, if it has one.
    pub fn own_level(&self, subject: &str) -> Result<Option<Level>, RegistryError> {
        match self.call::<Config>(&Config::call(Some(subject), false)) {
            Ok(Config { level }) => Ok(Some(level)),
            Err(error) if error.is_unset() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets the level of `subject`, or the one of all subjects that have none of their own.
    pub fn set_level(&self, subject: Option<&str>, level: Level) -> Result<(), RegistryError> {
        self.may_set_level(subject)?;
        let body = json!({ "compatibility": level.word() });
        self.call::<Json>(&Call::put(attempt("set", subject), &path(subject), body)).map(drop)
    }

    /// Takes the level of `subject` away, so that the global one holds for it, or takes the global
    /// one back to the registry's default. Returns whether there was one.
    pub fn delete_level(&self, subject: Option<&str>) -> Result<bool, RegistryError> {
        self.may_set_level(subject)?;
        let call = Call::delete(attempt("delete", subject), &path(subject));
        match self.call::<Json>(&call) {
            Ok(_) => Ok(true),
            Err(error) if error.is_unset() => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn may_set_level(&self, subject: Option<&str>) -> Result<(), RegistryError> {
        let action = Action::SetCompatibility(subject.unwrap_or("*").to_owned());
        Ok(authorize(&self.context, &action)?)
    }
}
