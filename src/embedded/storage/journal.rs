//! The file of the small state: a first line, then a line for each set of changes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use super::tables::Tables;
use super::{StorageError, line};

/// The first line; a later format has a higher number.
const FIRST: &str = "kafkaefd data 1";

/// The end of the file, where changes go.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// How long the file is.
    pub(super) length: u64,
    /// Whether a change was written in part and could not be cut off again.
    broken: bool,
}

/// What stood in a journal.
pub(super) struct Read {
    pub(super) journal: Journal,
    pub(super) tables: Tables,
    /// How many bytes of an unfinished change were cut off.
    pub(super) cut: u64,
}

impl Journal {
    /// Reads the journal at `path`; an unfinished change at its end is cut off.
    pub(super) fn open(path: PathBuf) -> Result<Read, StorageError> {
        let failed = |source| StorageError::File { path: path.clone(), source };
        let bytes = fs::read(&path).map_err(failed)?;
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let first = lines.next().unwrap_or_default();
        if first != format!("{FIRST}\n").as_bytes() {
            let found = String::from_utf8_lossy(first).trim_end().chars().take(40).collect();
            return Err(StorageError::Format { path, found, expected: FIRST });
        }
        let mut tables = Tables::default();
        let mut length = first.len() as u64;
        let whole = |line: &[u8]| line::decode(line.strip_suffix(b"\n")?);
        while let Some(next) = lines.next() {
            let Some(changes) = whole(next) else {
                if lines.any(|line| whole(line).is_some()) {
                    return Err(StorageError::Damaged { path, at: length });
                }
                break;
            };
            for change in changes {
                tables.apply(change);
            }
            length += next.len() as u64;
        }
        let file = OpenOptions::new().append(true).open(&path).map_err(failed)?;
        let cut = bytes.len() as u64 - length;
        if cut > 0 {
            file.set_len(length).map_err(failed)?;
        }
        Ok(Read { journal: Journal { path, file, length, broken: false }, tables, cut })
    }

    /// Makes the journal at `path` anew with what `tables` hold, by way of the file `next`.
    pub(super) fn write(path: PathBuf, tables: &Tables) -> Result<Journal, StorageError> {
        let next = path.with_file_name(super::folder::NEXT);
        let make = || {
            let mut text = format!("{FIRST}\n").into_bytes();
            for change in tables.changes() {
                text.extend(line::encode(std::iter::once(&change)));
            }
            let mut file = File::create(&next)?;
            file.write_all(&text)?;
            // Before it takes the place of the last one, it is on the disk.
            file.sync_all()?;
            fs::rename(&next, &path)?;
            Ok((OpenOptions::new().append(true).open(&path)?, text.len() as u64))
        };
        match make() {
            Ok((file, length)) => Ok(Journal { path, file, length, broken: false }),
            Err(source) => Err(StorageError::File { path: next, source }),
        }
    }

    /// Appends `line`, all of it or nothing.
    pub(super) fn append(&mut self, line: &[u8]) -> Result<(), StorageError> {
        let failed = |source| StorageError::File { path: self.path.clone(), source };
        if self.broken {
            return Err(failed(io::Error::other("an earlier change could not be written")));
        }
        if let Err(source) = self.file.write_all(line) {
            self.broken = self.file.set_len(self.length).is_err();
            return Err(failed(source));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    pub(super) fn path(&self) -> &PathBuf {
        &self.path
    }
}
