//! Interface files in a folder.

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::path::{Path, PathBuf};

use super::limit::bounded;
use super::names::is_interface;
use super::tree::Tree;
use crate::formats::sal::SalError;

/// How many folders below the given one are searched.
const DEEPEST: usize = 8;

/// The interface files below `path`. Folders that are links are not entered, hidden ones neither;
/// a file that is a link counts where it leads to a file in the folder.
pub fn open_folder(path: &Path) -> Result<Box<dyn Tree>, SalError> {
    let failed = |source| SalError::Read { path: path.to_owned(), source };
    let real = path.canonicalize().map_err(failed)?;
    let mut folder =
        Folder { place: path.to_owned(), real, files: BTreeMap::new(), faults: Vec::new() };
    let entries = fs::read_dir(path).map_err(failed)?;
    folder.add(entries, "", 0);
    Ok(Box::new(folder))
}

struct Folder {
    place: PathBuf,
    /// The same without links.
    real: PathBuf,
    /// By their paths in the folder, where each really is.
    files: BTreeMap<String, PathBuf>,
    faults: Vec<SalError>,
}

impl Folder {
    fn add(&mut self, entries: fs::ReadDir, folder: &str, depth: usize) {
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !name.starts_with('.') && depth < DEEPEST {
                match fs::read_dir(entry.path()) {
                    Ok(inner) => self.add(inner, &path, depth + 1),
                    Err(source) => self.faults.push(SalError::Read { path: entry.path(), source }),
                }
            } else if !kind.is_dir() && is_interface(&path) {
                self.file(path, kind);
            }
        }
    }

    /// Resolves links here, once: what is opened later is the file that was looked at.
    fn file(&mut self, path: String, kind: FileType) {
        if kind.is_file() {
            let real = self.real.join(&path);
            self.files.insert(path, real);
            return;
        }
        let own = self.place.join(&path);
        match own.canonicalize() {
            Err(source) => self.faults.push(SalError::Read { path: own, source }),
            Ok(real) if !real.starts_with(&self.real) => {
                let what = "it is a link that leads out of the folder".to_owned();
                self.faults.push(SalError::LeftOut { path: own, what });
            }
            // A pipe would be waited for.
            Ok(real) if !real.is_file() => {
                let what = "it is no file".to_owned();
                self.faults.push(SalError::LeftOut { path: own, what });
            }
            Ok(real) => drop(self.files.insert(path, real)),
        }
    }
}

impl Tree for Folder {
    fn place(&self) -> &Path {
        &self.place
    }

    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, SalError> {
        let own = self.place.join(path);
        let real = self.files.get(path).unwrap_or(&own);
        let file =
            File::open(real).map_err(|source| SalError::Read { path: own.clone(), source })?;
        bounded(&own, file)
    }

    fn faults(&mut self) -> Vec<SalError> {
        std::mem::take(&mut self.faults)
    }

    fn notes(&self) -> Vec<String> {
        let beside = self.real.with_file_name("interfaces");
        let is_set = self.real.file_name().is_some_and(|name| name == "sal_interfaces");
        if !is_set || !beside.is_dir() {
            return Vec::new();
        }
        let place = self.place.display();
        vec![format!(
            "the hand-written schemas beside {place} are not read: name the folder above it"
        )]
    }
}
