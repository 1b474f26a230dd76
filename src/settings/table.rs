//! Tables of `kafkaefd.toml`, read key by key so that every mistake names its line.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::error::{SettingsError, listed};
use crate::nearest::nearest;

/// The file that is read.
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Relative paths in the file start here.
    pub folder: &'a Path,
    /// Whether it is the user's own file, not one that came with a folder.
    pub own: bool,
}

impl Place<'_> {
    /// The error of text that is no TOML.
    pub fn syntax(&self, error: &toml::de::Error) -> SettingsError {
        let at = error.span().map_or(0, |span| span.start);
        self.line(at, error.message().to_owned(), None)
    }

    fn line(&self, at: usize, reason: String, remedy: Option<String>) -> SettingsError {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        SettingsError::Line { file: self.file.to_owned(), line, reason, remedy }
    }
}

type Entry<'a> = &'a Spanned<DeValue<'a>>;

/// One table of the file.
pub(super) struct Table<'a> {
    place: &'a Place<'a>,
    name: String,
    at: usize,
    entries: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// The whole file.
    pub fn root(place: &'a Place<'a>, table: &'a DeTable<'a>) -> Table<'a> {
        Table { place, name: String::new(), at: 0, entries: table }
    }

    /// The dotted name, empty for the whole file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file is the user's own.
    pub fn is_own(&self) -> bool {
        self.place.own
    }

    /// An error at the table's own line.
    pub fn wrong(&self, reason: &str, remedy: &str) -> SettingsError {
        self.place.line(self.at, reason.to_owned(), Some(remedy.to_owned()))
    }

    /// Keys and values in order.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Spanned<DeString<'a>>, Entry<'a>)> {
        self.entries.iter()
    }

    /// An error at the line of `key`.
    pub fn wrong_key(
        &self,
        key: &Spanned<DeString>,
        reason: String,
        remedy: &str,
    ) -> SettingsError {
        self.place.line(key.span().start, reason, Some(remedy.to_owned()))
    }

    /// Refuses keys other than `known`.
    pub fn only(&self, known: impl IntoIterator<Item = &'a str>) -> Result<(), SettingsError> {
        let known: Vec<&str> = known.into_iter().collect();
        for key in self.entries.keys() {
            let word = key.get_ref().as_ref();
            if !known.contains(&word) {
                let reason = format!("unknown key `{}`", self.dotted(word));
                let remedy = match nearest(word, known.iter().copied()) {
                    Some(key) => format!("did you mean `{}`?", self.dotted(key)),
                    None => format!("the keys here are {}", listed(known)),
                };
                return Err(self.place.line(key.span().start, reason, Some(remedy)));
            }
        }
        Ok(())
    }

    /// The text of `key`.
    pub fn text(&self, key: &str) -> Result<Option<String>, SettingsError> {
        let Some(value) = self.entries.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::String(text) => Ok(Some(text.to_string())),
            _ => Err(self.type_error(key, value, "a string")),
        }
    }

    /// The truth value of `key`.
    pub fn boolean(&self, key: &str) -> Result<Option<bool>, SettingsError> {
        let Some(value) = self.entries.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Boolean(truth) => Ok(Some(*truth)),
            _ => Err(self.type_error(key, value, "true or false")),
        }
    }

    /// The table under `key`.
    pub fn table(&self, key: &str) -> Result<Option<Table<'a>>, SettingsError> {
        self.entries.get(key).map(|value| self.inner(key, value)).transpose()
    }

    /// Every entry, each a table.
    pub fn tables(&self) -> Result<Vec<(String, Table<'a>)>, SettingsError> {
        let read = |(key, value): (&Spanned<DeString>, _)| {
            let key = key.get_ref();
            Ok((key.to_string(), self.inner(key, value)?))
        };
        self.entries().map(read).collect()
    }

    /// `value`, the table under `key`.
    pub fn inner(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Table<'a>, SettingsError> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.type_error(key, value, "a table"));
        };
        let at = self.entries.get_key_value(key).map_or(0, |(key, _)| key.span().start);
        Ok(Table { place: self.place, name: self.dotted(key), at, entries: table })
    }

    /// `path`, which starts in the file's folder.
    pub fn path(&self, path: &str) -> String {
        self.place.folder.join(path).display().to_string()
    }

    /// The error of a value that is not `wanted`.
    pub fn type_error(&self, key: &str, value: &Spanned<DeValue>, wanted: &str) -> SettingsError {
        let reason =
            format!("`{}` must be {wanted}, found {}", self.dotted(key), found(value.get_ref()));
        self.place.line(value.span().start, reason, None)
    }

    fn dotted(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

fn found(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
