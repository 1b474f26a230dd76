//! Parameters of the API: which subjects, how much is told, how something is deleted.

use serde::{Deserialize, Deserializer};

/// Which subjects and versions are listed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Filter {
    #[serde(rename = "subjectPrefix")]
    pub(super) prefix: String,
    #[serde(deserialize_with = "truth")]
    pub(super) deleted: bool,
}

/// How something is deleted.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Deletion {
    #[serde(deserialize_with = "truth")]
    pub(super) permanent: bool,
}

/// Whether a mode is set against all advice.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Force {
    #[serde(deserialize_with = "truth")]
    pub(super) force: bool,
}

/// Whether reasons are told.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Detail {
    #[serde(deserialize_with = "truth")]
    pub(super) verbose: bool,
}

/// Whether a subject without its own level answers with the one of all.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Inherit {
    #[serde(rename = "defaultToGlobal", deserialize_with = "truth")]
    pub(super) inherit: bool,
}

/// `true` in any case; anything else is false, as in Java. Python's clients send `False`.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(deserializer)?.eq_ignore_ascii_case("true"))
}
