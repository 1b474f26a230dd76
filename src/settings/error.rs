//! What can be wrong with settings.

use crate::error::{Explain, Kind};

/// A setting that cannot be used. Nothing was contacted yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file exists and cannot be read.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// The file's path.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// A line of the file is wrong.
    #[error("cannot read {file}: line {line}: {reason}")]
    Line {
        /// The file's path.
        file: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
        /// What to write instead.
        remedy: Option<String>,
    },
    /// A word that is none of the allowed ones.
    #[error("cannot use {what} `{value}` of {source_name}: it is not one of {choices}")]
    Choice {
        /// What the word chooses: `output`, `profile`.
        what: &'static str,
        /// The word.
        value: String,
        /// Where it was given: `--output`, `$KAFKAEFD_OUTPUT`, `output in kafkaefd.toml`.
        source_name: String,
        /// The allowed words.
        choices: String,
        /// The allowed word that looks like it.
        meant: Option<String>,
    },
    /// The embedded stack and a real server were asked for at once.
    #[error(
        "cannot use {first} together with {second}: one is the embedded stack, one a real server"
    )]
    Mixed {
        /// What asks for the embedded stack.
        first: String,
        /// What names a real server.
        second: String,
    },
    /// A value that stands outside the file is not there.
    #[error("cannot read {key} of profile `{profile}`: {reason}")]
    Outside {
        /// The key, as the file has it.
        key: String,
        /// The profile's name.
        profile: String,
        /// What is missing.
        reason: String,
    },
}

impl Explain for SettingsError {
    fn kind(&self) -> Kind {
        match self {
            SettingsError::Choice { .. } | SettingsError::Mixed { .. } => Kind::Usage,
            _ => Kind::Invalid,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            SettingsError::Unreadable { .. } => Some("make the file readable".into()),
            SettingsError::Line { remedy, .. } => remedy.clone(),
            SettingsError::Choice { meant, .. } => {
                meant.as_ref().map(|word| format!("did you mean `{word}`?"))
            }
            SettingsError::Mixed { first, second } => {
                Some(format!("leave out {first} or {second}"))
            }
            SettingsError::Outside { .. } => None,
        }
    }
}

/// `a, b and c` in backticks.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
