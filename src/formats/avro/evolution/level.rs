//! The compatibility levels of schema registries.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which schemas must be able to read which data (Confluent's compatibility types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Anything goes.
    None,
    /// The new schema reads data of the last one; the default of registries.
    #[default]
    Backward,
    /// The new schema reads data of all earlier ones.
    BackwardTransitive,
    /// The last schema reads data of the new one.
    Forward,
    /// All earlier schemas read data of the new one.
    ForwardTransitive,
    /// Both directions with the last schema.
    Full,
    /// Both directions with all earlier schemas.
    FullTransitive,
}

impl Level {
    /// All levels, from the loosest on.
    pub const ALL: [Level; 7] = [
        Level::None,
        Level::Backward,
        Level::BackwardTransitive,
        Level::Forward,
        Level::ForwardTransitive,
        Level::Full,
        Level::FullTransitive,
    ];

    /// The word of the level, as `BACKWARD`.
    pub fn word(self) -> &'static str {
        match self {
            Level::None => "NONE",
            Level::Backward => "BACKWARD",
            Level::BackwardTransitive => "BACKWARD_TRANSITIVE",
            Level::Forward => "FORWARD",
            Level::ForwardTransitive => "FORWARD_TRANSITIVE",
            Level::Full => "FULL",
            Level::FullTransitive => "FULL_TRANSITIVE",
        }
    }

    /// The level that `word` names, in any case.
    pub fn from_word(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word().eq_ignore_ascii_case(word))
    }

    /// Whether the level looks at all earlier schemas, not only at the last one.
    pub fn is_transitive(self) -> bool {
        matches!(self, Level::BackwardTransitive | Level::ForwardTransitive | Level::FullTransitive)
    }

    /// Whether the new schema must read data of earlier ones.
    pub(super) fn is_backward(self) -> bool {
        !matches!(self, Level::None | Level::Forward | Level::ForwardTransitive)
    }

    /// Whether earlier schemas must read data of the new one.
    pub(super) fn is_forward(self) -> bool {
        !matches!(self, Level::None | Level::Backward | Level::BackwardTransitive)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
