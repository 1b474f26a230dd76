//! Writing: batches go to the end of the last file, and files before the first offset go.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Place;
use crate::embedded::storage::StorageError;

/// A file that is longer gets no further batch.
const FULL: u64 = 16 << 20;

/// A file of batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// The offset of its first record, which names it.
    pub(super) base: i64,
    /// Bytes.
    pub(super) length: u64,
}

/// The files of one partition, oldest first.
///
/// No file is held open: a broker may have more partitions than a process may have files.
#[derive(Debug)]
pub struct Segments {
    pub(super) place: Place,
    pub(super) folder: PathBuf,
    pub(super) files: VecDeque<Segment>,
    /// Whether half a batch could not be cut off again.
    broken: bool,
}

impl Segments {
    /// No files yet. The first batch makes the folder.
    pub fn new(place: Place) -> Segments {
        let folder = place.folder();
        Segments { place, folder, files: VecDeque::new(), broken: false }
    }

    /// Appends the batch `bytes` with the offset `base`, all of it or nothing.
    pub fn append(&mut self, base: i64, bytes: &[u8]) -> Result<(), StorageError> {
        if self.broken {
            let source = io::Error::other("an earlier batch could not be written");
            return Err(StorageError::File { path: self.folder.clone(), source });
        }
        let last = self.files.back().copied().filter(|last| last.length < FULL);
        let segment = match last {
            Some(last) => last,
            None => self.begin(base)?,
        };
        let path = path(&self.folder, segment.base);
        let written = write(&path, segment.length, bytes).map_err(|(source, cut)| {
            self.broken = !cut;
            StorageError::File { path, source }
        });
        written?;
        if let Some(last) = self.files.back_mut() {
            last.length += bytes.len() as u64;
        }
        Ok(())
    }

    /// Begins a file at `base`. One that is there holds nothing: its batch could not be written.
    fn begin(&mut self, base: i64) -> Result<Segment, StorageError> {
        let path = path(&self.folder, base);
        let failed = |source| StorageError::File { path: path.clone(), source };
        if self.files.is_empty() {
            fs::create_dir_all(&self.folder).map_err(failed)?;
        }
        File::create(&path).map_err(failed)?;
        let segment = Segment { base, length: 0 };
        self.files.push_back(segment);
        Ok(segment)
    }

    /// Keeps `start` as the first offset, and removes the files before it but for the last one:
    /// its name or its batches tell where the log goes on.
    pub fn begin_at(&mut self, start: i64) -> Result<(), StorageError> {
        self.place.keep_start(start)?;
        self.remove_before(start);
        Ok(())
    }

    pub(super) fn remove_before(&mut self, start: i64) {
        while self.files.get(1).is_some_and(|next| next.base <= start) {
            if let Some(first) = self.files.pop_front() {
                // What stays is removed when the data is opened again.
                let _ = fs::remove_file(path(&self.folder, first.base));
            }
        }
    }
}

/// Appends `bytes` to the file at `path`, which is `length` bytes long. An error tells whether what
/// was written of it is cut off again.
fn write(path: &Path, length: u64, bytes: &[u8]) -> Result<(), (io::Error, bool)> {
    let mut file = OpenOptions::new().append(true).open(path).map_err(|error| (error, true))?;
    file.write_all(bytes).map_err(|error| (error, file.set_len(length).is_ok()))
}

/// The file in `folder` whose first record has the offset `base`.
pub(super) fn path(folder: &Path, base: i64) -> PathBuf {
    folder.join(format!("{base:020}.log"))
}
