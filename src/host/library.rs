//! Which words are commands: `./scripts`, the user's folder, then the bundle.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::bundle;
use super::script::Script;
use crate::error::Failure;

/// Where a command was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file on disk, in `./scripts` or the user's folder.
    File(PathBuf),
    /// The binary.
    Bundle,
}

/// A script that is a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its path as words are derived from it: `admin/topics/list.rhai`.
    pub path: String,
    /// Where it was found.
    pub origin: Origin,
}

impl Command {
    /// The words that call it: `["admin", "topics", "list"]`.
    pub fn words(&self) -> Vec<&str> {
        self.path.trim_end_matches(".rhai").split('/').collect()
    }

    /// The first of its words if it has more than one.
    pub fn group(&self) -> Option<&str> {
        self.path.split_once('/').map(|(first, _)| first)
    }

    /// Whether a file on disk hides a bundled script.
    pub fn shadows(&self) -> bool {
        self.origin != Origin::Bundle && bundle::script(&self.path).is_some()
    }

    /// Its text.
    pub fn script(&self) -> Result<Script, Failure> {
        match &self.origin {
            Origin::File(file) => Script::read(file),
            Origin::Bundle => Script::bundled(&self.path),
        }
    }
}

/// All scripts that are commands.
pub struct Library(BTreeMap<String, Command>);

impl Library {
    /// Looks through `./scripts`, the user's folder and the bundle; the first one with a path wins.
    pub fn open() -> Library {
        let mut found = BTreeMap::new();
        for path in bundle::scripts() {
            add(&mut found, path.to_owned(), Origin::Bundle);
        }
        let user = etcetera::base_strategy::Xdg::new()
            .map(|base| base.config_dir().join("kafkaefd").join("scripts"));
        for folder in user.into_iter().chain([PathBuf::from("scripts")]) {
            for path in files_under(&folder) {
                let origin = origin(&path, folder.join(&path));
                add(&mut found, path, origin);
            }
        }
        Library(found)
    }

    /// The command that the longest prefix of `words` calls, and how many words that takes.
    pub fn find<S: AsRef<str>>(&self, words: &[S]) -> Option<(&Command, usize)> {
        (1..=words.len()).rev().find_map(|count| {
            let path = format!("{}.rhai", join(words.get(..count)?));
            self.0.get(&path).map(|command| (command, count))
        })
    }

    /// The commands below a folder of words (all for no words), in alphabetical order.
    pub fn under<S: AsRef<str>>(&self, words: &[S]) -> Vec<&Command> {
        let folder = join(words);
        let prefix = if folder.is_empty() { folder } else { folder + "/" };
        self.0.values().filter(|command| command.path.starts_with(&prefix)).collect()
    }
}

fn join<S: AsRef<str>>(words: &[S]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/")
}

/// Where a file comes from: a copy that says what the bundle says takes nobody's place.
fn origin(path: &str, file: PathBuf) -> Origin {
    let copy = bundle::script(path)
        .is_some_and(|text| std::fs::read(&file).is_ok_and(|bytes| bytes == text.as_bytes()));
    if copy { Origin::Bundle } else { Origin::File(file) }
}

/// A file whose name starts with `_` is for imports only.
fn add(found: &mut BTreeMap<String, Command>, path: String, origin: Origin) {
    if !path.split('/').any(|part| part.starts_with('_')) {
        found.insert(path.clone(), Command { path, origin });
    }
}

fn files_under(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&current) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rhai") {
                let relative = path.strip_prefix(folder).ok().and_then(Path::to_str);
                found.extend(relative.map(str::to_owned));
            }
        }
    }
    found
}
