//! What setting a connector's configuration changes.

use super::config::Config;

/// One option that gets another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The option.
    pub name: String,
    /// Its value before; none where it was not there.
    pub old: Option<String>,
    /// Its value after; none where it is taken away.
    pub new: Option<String>,
}

/// What became of a connector whose configuration was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether there was no such connector before.
    pub created: bool,
    /// What changed, sorted by name; nothing where the configuration was the same.
    pub changes: Vec<Change>,
}

/// The options in which `new` differs from `old`.
pub(super) fn changes(old: &Config, new: &Config) -> Vec<Change> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let change = |name: &String| Change {
        name: name.clone(),
        old: old.get(name).cloned(),
        new: new.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.old != change.new).collect()
}
