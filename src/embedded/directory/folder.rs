//! The folder in which stacks register: `$XDG_RUNTIME_DIR/kafkaefd/`, one JSON file a stack.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{DirectoryError, Entry, Slot};

/// The list of stacks of this user on this machine.
///
/// A stack holds the lock of its file while it lives, so a file whose lock is free is left over
/// from a process that was killed, and is removed by whoever meets it. Process numbers are used
/// again; locks are not.
#[derive(Debug, Clone)]
pub struct Directory {
    folder: PathBuf,
}

impl Directory {
    /// The user's list: below `$XDG_RUNTIME_DIR`, or below the folder for temporary files where
    /// that is not set (containers, `su`).
    pub fn open() -> Result<Directory, DirectoryError> {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let folder = match runtime.filter(|folder| folder.is_absolute() && folder.is_dir()) {
            Some(runtime) => runtime.join("kafkaefd"),
            None => std::env::temp_dir().join(format!("kafkaefd-{}", nix::unistd::geteuid())),
        };
        Directory::at(&folder)
    }

    /// The list in `folder`, which is created for this user only if it does not exist.
    pub fn at(folder: &Path) -> Result<Directory, DirectoryError> {
        let directory = Directory { folder: folder.to_owned() };
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|source| directory.failed(source))?;
        let metadata = fs::symlink_metadata(folder).map_err(|source| directory.failed(source))?;
        let ours = metadata.is_dir() && metadata.uid() == nix::unistd::geteuid().as_raw();
        if !ours || metadata.mode() & 0o022 != 0 {
            return Err(DirectoryError::NotOurs(folder.to_owned()));
        }
        Ok(directory)
    }

    /// The stacks that run, by name.
    pub fn running(&self) -> Result<Vec<Entry>, DirectoryError> {
        let mut running = self.registered()?;
        running.retain(Entry::answers);
        Ok(running)
    }

    /// The stack `name`, if it runs.
    pub fn find(&self, name: &str) -> Result<Option<Entry>, DirectoryError> {
        check(name)?;
        let registered = self.registered()?.into_iter().find(|entry| entry.name == name);
        Ok(registered.filter(Entry::answers))
    }

    /// The stack `name`; an error that lists those that run where it does not.
    pub fn join(&self, name: &str) -> Result<Entry, DirectoryError> {
        self.find(name)?.map_or_else(
            || {
                let others = self.running()?.into_iter().map(|entry| entry.name).collect();
                Err(DirectoryError::NotRunning { name: name.to_owned(), others })
            },
            Ok,
        )
    }

    /// Takes `name` for a stack of this process until the slot is dropped.
    pub fn reserve(&self, name: &str) -> Result<Slot, DirectoryError> {
        check(name)?;
        let _guard = self.guard()?;
        let path = self.folder.join(format!("{name}.json"));
        let file = open(&path).map_err(|source| self.failed(source))?;
        match file.try_lock() {
            Ok(()) => {
                // What a killed process left in it must not pass for this stack.
                file.set_len(0).map_err(|source| self.failed(source))?;
                Ok(Slot::new(self.clone(), name.to_owned(), path, file))
            }
            Err(fs::TryLockError::WouldBlock) => {
                Err(DirectoryError::Runs { name: name.to_owned(), running: read(&path) })
            }
            Err(fs::TryLockError::Error(source)) => Err(self.failed(source)),
        }
    }

    /// Keeps other processes out of the list while the file lives: between the creation of a file
    /// and its lock nobody may take it for a left-over.
    pub(super) fn guard(&self) -> Result<File, DirectoryError> {
        let file = open(&self.folder.join("list.lock")).map_err(|source| self.failed(source))?;
        file.lock().map_err(|source| self.failed(source))?;
        Ok(file)
    }

    pub(super) fn failed(&self, source: io::Error) -> DirectoryError {
        DirectoryError::Folder { folder: self.folder.clone(), source }
    }

    /// The stacks whose process lives; files of others are removed.
    fn registered(&self) -> Result<Vec<Entry>, DirectoryError> {
        let _guard = self.guard()?;
        let files = fs::read_dir(&self.folder).map_err(|source| self.failed(source))?;
        let mut entries: Vec<Entry> = files
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .filter(|path| is_held(path))
            .filter_map(|path| read(&path))
            .collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

/// Whether a living process holds the file; else the file is removed.
fn is_held(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    match file.try_lock_shared() {
        Ok(()) => {
            // Another run cleans up if this one may not.
            let _ = fs::remove_file(path);
            false
        }
        Err(_) => true,
    }
}

/// What the stack says about itself; nothing while it starts.
fn read(path: &Path) -> Option<Entry> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Names become file names.
fn check(name: &str) -> Result<(), DirectoryError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let ok = name.chars().all(fits) && !name.starts_with('.') && (1..=100).contains(&name.len());
    if ok { Ok(()) } else { Err(DirectoryError::Name(name.to_owned())) }
}
