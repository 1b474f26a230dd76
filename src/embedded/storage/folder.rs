//! The folder itself: made where it is missing, and held by one process at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StorageError;

const LOCK: &str = "lock";
/// The file of the small state.
pub(super) const JOURNAL: &str = "journal";
/// The next journal, until it takes the place of the last.
pub(super) const NEXT: &str = "journal.next";
const LOG: &str = "log";

/// A folder that this process holds until it is dropped. A killed process holds nothing.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes the folder `path`, which is created if it does not exist.
    pub(super) fn take(path: &Path) -> Result<Folder, StorageError> {
        let failed = |source| StorageError::File { path: path.to_owned(), source };
        if path.exists() && !path.is_dir() {
            return Err(StorageError::NotAFolder(path.to_owned()));
        }
        fs::create_dir_all(path).map_err(failed)?;
        if !is_ours(path).map_err(failed)? {
            return Err(StorageError::NotOurs(path.to_owned()));
        }
        let lock = lock(path)?;
        Ok(Folder { path: path.to_owned(), _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the small state is.
    pub(super) fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// Where the records are.
    pub(super) fn log(&self) -> PathBuf {
        self.path.join(LOG)
    }
}

/// Whether the folder has a journal, or nothing that somebody else put there.
fn is_ours(path: &Path) -> io::Result<bool> {
    if path.join(JOURNAL).exists() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(path)?;
    entries.try_fold(true, |ours, entry| {
        let name = entry?.file_name();
        Ok(ours && [LOCK, NEXT].iter().any(|own| name == **own))
    })
}

fn lock(folder: &Path) -> Result<File, StorageError> {
    let path = folder.join(LOCK);
    let failed = |source| StorageError::File { path: path.clone(), source };
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let pid = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
            return Err(StorageError::InUse { folder: folder.to_owned(), pid });
        }
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    file.set_len(0).map_err(failed)?;
    writeln!(file, "{}", std::process::id()).map_err(failed)?;
    Ok(file)
}
