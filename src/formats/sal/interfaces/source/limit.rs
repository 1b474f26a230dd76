//! How much is read: a hostile file must not fill the memory.

use std::io::{self, Read};
use std::path::Path;

use crate::formats::sal::SalError;

/// The longest interface file; the longest of an observatory has 1.4 MB.
const FILE: u64 = 8 << 20;
/// All interface files of an archive.
const ARCHIVE: usize = 32 << 20;
/// All that a compressed archive unpacks to, interface files or not.
const UNPACKED: u64 = 256 << 20;

/// The content of the file `path`; an error names the line where it gets too long.
pub fn bounded(path: &Path, reader: impl Read) -> Result<Vec<u8>, SalError> {
    let mut bytes = Vec::new();
    let read = reader.take(FILE + 1).read_to_end(&mut bytes);
    read.map_err(|source| SalError::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 <= FILE {
        return Ok(bytes);
    }
    let line = bytes.split(|byte| *byte == b'\n').count();
    let what = format!("the file is longer than {} MiB", FILE >> 20);
    Err(SalError::Xml { path: path.to_owned(), line, what })
}

/// Counts what is read of an archive.
#[derive(Default)]
pub struct Total(usize);

impl Total {
    /// Adds `bytes`, read of the archive `path`.
    pub fn add(&mut self, path: &Path, bytes: &[u8]) -> Result<(), SalError> {
        self.0 += bytes.len();
        if self.0 <= ARCHIVE {
            return Ok(());
        }
        let what = format!("its interface files have more than {} MiB", ARCHIVE >> 20);
        Err(SalError::Archive { path: path.to_owned(), what })
    }
}

/// A reader of what an archive unpacks to, which fails where that is too much.
pub struct Unpacked<R> {
    reader: R,
    left: u64,
}

impl<R> Unpacked<R> {
    /// Reads `reader` up to the limit.
    pub fn new(reader: R) -> Unpacked<R> {
        Unpacked { reader, left: UNPACKED }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!("it unpacks to more than {} MiB", UNPACKED >> 20))
        })?;
        Ok(read)
    }
}
