//! What reading needs of a place with interface files.

use std::path::Path;

use super::archive::open_archive;
use super::folder::open_folder;
use crate::formats::sal::SalError;

/// A place with interface files. Paths in it are relative, of plain names with `/` between them.
pub trait Tree {
    /// The place, for errors.
    fn place(&self) -> &Path;

    /// The files whose names are those of interface files, in order.
    fn paths(&self) -> Vec<String>;

    /// The content of one of [`Tree::paths`]; it is asked for once.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, SalError>;

    /// What was found and is not among [`Tree::paths`], and why not.
    fn faults(&mut self) -> Vec<SalError> {
        Vec::new()
    }

    /// What a user may wonder about.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The files at `path`, a folder or an archive (`.tar.gz`, `.zip`).
pub fn open(path: &Path) -> Result<Box<dyn Tree>, SalError> {
    if path.is_file() { open_archive(path, path) } else { open_folder(path) }
}
