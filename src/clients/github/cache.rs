//! What is kept of repositories: archives by commit, and which commit a name last stood for.
//!
//! Any number of processes use it at once: a file appears under its name only when it is whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::repository::Repository;

/// How many archives of a repository are kept: those that were used last.
const KEPT: usize = 8;

/// The folder of one repository in the user's cache.
#[derive(Debug, Clone)]
pub(super) struct Cache(PathBuf);

/// Which commit a branch or tag stood for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    pub commit: String,
    /// The mark with which GitHub tells whether that is still so.
    pub etag: Option<String>,
    /// When that was, in seconds since 1970.
    pub seen: i64,
}

impl Cache {
    /// The folder for `repository` of `server` in the cache folder `base`. Names on GitHub have no
    /// case.
    pub fn of(base: &Path, server: &str, repository: &Repository) -> Cache {
        let names = [&repository.owner, &repository.name].map(|name| name.to_lowercase());
        Cache(base.join("kafkaefd").join("github").join(server).join(names.join("/")))
    }

    /// Where the archive of `commit` is kept.
    pub fn archive(&self, commit: &str) -> PathBuf {
        self.0.join(format!("{commit}.tar.gz"))
    }

    /// Notes that the archive of `commit` is in use: it is not among the first to go.
    pub fn used(&self, commit: &str) {
        let touched = File::options().append(true).open(self.archive(commit));
        if let Err(error) = touched.and_then(|file| file.set_modified(SystemTime::now())) {
            tracing::debug!("cannot note the use of {commit}: {error}");
        }
    }

    /// Removes the archives that were not used for longest, parts that a run left behind when it
    /// was killed, and the notes that lead to none of the others. What cannot be removed stays.
    pub fn prune(&self) {
        let mut files = files(&self.0);
        files.sort_by_key(|(_, used)| std::cmp::Reverse(*used));
        for (path, _) in files.iter().skip(KEPT) {
            tracing::debug!("{} was not used for longest: removed", path.display());
            let _ = fs::remove_file(path);
        }
        for (path, _) in self::files(&self.0.join("refs")) {
            if !read(&path).is_some_and(|known| self.archive(&known.commit).is_file()) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// A new file beside the archives; one that is not given a name vanishes.
    pub fn part(&self) -> std::io::Result<NamedTempFile> {
        fs::create_dir_all(&self.0)?;
        NamedTempFile::new_in(&self.0)
    }

    /// What `reference` last stood for; nothing where the note cannot be read.
    pub fn known(&self, reference: &str) -> Option<Known> {
        read(&self.note(reference))
    }

    /// Notes what `reference` stands for.
    pub fn keep(&self, reference: &str, known: &Known) -> std::io::Result<()> {
        let mut part = self.part()?;
        part.write_all(&serde_json::to_vec(known)?)?;
        let path = self.note(reference);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        part.persist(path)?;
        Ok(())
    }

    fn note(&self, reference: &str) -> PathBuf {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let name: String = reference
            .bytes()
            .map(|byte| if safe(byte) { char::from(byte).into() } else { format!("%{byte:02X}") })
            .collect();
        self.0.join("refs").join(format!("{name}.json"))
    }
}

/// The note `path`.
fn read(path: &Path) -> Option<Known> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The files of `folder` with the time of their last use.
fn files(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: fs::DirEntry| {
        let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((entry.path(), metadata.modified().ok()?))
    };
    entries.filter_map(file).collect()
}
