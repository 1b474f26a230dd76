//! A stack's place in the directory.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use super::{Directory, DirectoryError, Entry};
use crate::settings::Endpoints;

/// The name of a stack of this process; dropping it frees the name.
#[derive(Debug)]
pub struct Slot {
    directory: Directory,
    name: String,
    path: PathBuf,
    file: File,
}

impl Slot {
    /// The slot of a file that this process has locked.
    pub(super) fn new(directory: Directory, name: String, path: PathBuf, file: File) -> Slot {
        Slot { directory, name, path, file }
    }

    /// Tells other shells that the stack runs at `endpoints`.
    pub fn publish(&mut self, endpoints: &Endpoints) -> Result<(), DirectoryError> {
        let entry = Entry {
            name: self.name.clone(),
            pid: std::process::id(),
            broker: endpoints.broker.clone().unwrap_or_default(),
            registry: endpoints.registry.clone().unwrap_or_default(),
        };
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.write_all(serde_json::to_string(&entry)?.as_bytes())
        };
        // Readers must not see half of it.
        let _guard = self.directory.guard()?;
        write(&mut self.file).map_err(|source| self.directory.failed(source))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        // The file goes before its lock. Should that fail, the next command removes it.
        let _guard = self.directory.guard();
        let _ = fs::remove_file(&self.path);
    }
}
