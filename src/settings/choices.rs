//! Settings that are one word of a few.

use super::error::{SettingsError, listed};
use crate::nearest::nearest;

/// The form in which data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// Aligned columns for people.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One YAML document.
    Yaml,
}

impl Output {
    /// The words of `--output`.
    pub const WORDS: [&str; 3] = ["table", "json", "yaml"];

    pub(super) fn read(word: &str, source_name: &str) -> Result<Output, SettingsError> {
        match word {
            "table" => Ok(Output::Table),
            "json" => Ok(Output::Json),
            "yaml" => Ok(Output::Yaml),
            _ => Err(unknown("output", word, source_name, Output::WORDS)),
        }
    }
}

/// How much is logged on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Everything.
    Debug,
    /// What happens.
    Info,
    /// What needs attention.
    Warning,
    /// What failed.
    Error,
}

impl LogLevel {
    /// The words of `--log-level`.
    pub const WORDS: [&str; 4] = ["debug", "info", "warning", "error"];

    pub(super) fn read(word: &str, source_name: &str) -> Result<LogLevel, SettingsError> {
        match word {
            "debug" => Ok(LogLevel::Debug),
            "info" => Ok(LogLevel::Info),
            "warning" => Ok(LogLevel::Warning),
            "error" => Ok(LogLevel::Error),
            _ => Err(unknown("log level", word, source_name, LogLevel::WORDS)),
        }
    }
}

fn unknown<const N: usize>(
    what: &'static str,
    word: &str,
    source_name: &str,
    choices: [&str; N],
) -> SettingsError {
    SettingsError::Choice {
        what,
        value: word.to_owned(),
        source_name: source_name.to_owned(),
        choices: listed(choices),
        meant: nearest(word, choices).map(str::to_owned),
    }
}
