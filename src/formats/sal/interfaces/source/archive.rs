//! Interface files in an archive, read in memory: nothing is unpacked onto the disk.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use super::tree::Tree;
use super::{tar, zip};
use crate::formats::sal::SalError;

/// The interface files in the archive `path`, told by its first bytes; errors call it `shown`.
pub fn open_archive(path: &Path, shown: &Path) -> Result<Box<dyn Tree>, SalError> {
    let failed = |source| SalError::Read { path: shown.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut start = Vec::new();
    (&mut file).take(4).read_to_end(&mut start).map_err(failed)?;
    file.rewind().map_err(failed)?;
    match *start {
        [0x1f, 0x8b, ..] => Ok(Box::new(tar::open(file, shown)?)),
        [b'P', b'K', 3 | 5, 4 | 6] => Ok(Box::new(zip::open(file, shown)?)),
        _ => Err(SalError::NoArchive(shown.to_owned())),
    }
}

/// The error of an archive that cannot be read as a whole.
pub fn broken(shown: &Path, what: impl Into<String>) -> SalError {
    SalError::Archive { path: shown.to_owned(), what: what.into() }
}

/// The error of an interface file in an archive that is not read.
pub fn left_out(shown: &Path, name: &str, what: &str) -> SalError {
    // `join` would take the place of an archive for an absolute name.
    let path = shown.join(name.trim_start_matches('/'));
    SalError::LeftOut { path, what: what.to_owned() }
}
