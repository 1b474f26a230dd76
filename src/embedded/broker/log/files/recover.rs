//! Reading the files of a partition when the broker starts.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use super::check::{self, Stored};
use super::segments::{Segment, path};
use super::{Place, Segments};
use crate::embedded::broker::log::Batch;
use crate::embedded::storage::StorageError;

/// The files of a partition, as they were found.
#[derive(Debug)]
pub struct Recovered {
    /// Where further batches go.
    pub segments: Segments,
    /// The offset that the next record will get.
    pub end: i64,
    /// How many bytes of an unfinished batch were cut off.
    pub cut: u64,
}

impl Recovered {
    /// Hands each batch of the files in `place` to `each`, oldest first; those before `start` may be
    /// among them.
    ///
    /// What stands behind the last whole batch was never acknowledged and is cut off. Where whole
    /// batches follow it, the file was damaged: an error, and nothing is changed.
    pub fn read(
        place: Place,
        start: i64,
        mut each: impl FnMut(Batch),
    ) -> Result<Recovered, StorageError> {
        let mut segments = Segments::new(place);
        let bases = bases(&segments.folder)
            .map_err(|source| StorageError::File { path: segments.folder.clone(), source })?;
        let known = bases.iter().map(|&base| Segment { base, length: 0 });
        segments.files = known.collect();
        segments.remove_before(start);
        let mut recovered = Recovered { segments, end: start, cut: 0 };
        let count = recovered.segments.files.len();
        for index in 0..count {
            recovered.file(index, index + 1 == count, &mut each)?;
        }
        Ok(recovered)
    }

    fn file(
        &mut self,
        index: usize,
        is_last: bool,
        each: &mut impl FnMut(Batch),
    ) -> Result<(), StorageError> {
        let Some(segment) = self.segments.files.get_mut(index) else { return Ok(()) };
        let path = path(&self.segments.folder, segment.base);
        let failed = |source| StorageError::File { path: path.clone(), source };
        let bytes = fs::read(&path).map_err(failed)?;
        if index > 0 && segment.base < self.end {
            return Err(StorageError::Damaged { path, at: 0 });
        }
        // It may be above: who lost the end of the last file may go on without it.
        self.end = segment.base;
        let mut rest = bytes.as_slice();
        while let Some(batch) = check::first(rest).filter(|batch| batch.base == self.end) {
            let Stored { base, header, length } = batch;
            let (whole, next) = rest.split_at(length);
            each(Batch { base, header, bytes: whole.to_vec().into() });
            self.end = base + i64::from(header.last_delta) + 1;
            rest = next;
        }
        let cut = rest.len() as u64;
        segment.length = bytes.len() as u64 - cut;
        if cut > 0 {
            if !is_last || check::goes_on(rest, self.end) {
                return Err(StorageError::Damaged { path, at: segment.length });
            }
            let file = OpenOptions::new().write(true).open(&path).map_err(failed)?;
            file.set_len(segment.length).map_err(failed)?;
            self.cut = cut;
        }
        Ok(())
    }
}

/// The first offsets of the files in `folder`, in rising order.
fn bases(folder: &Path) -> io::Result<Vec<i64>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut bases = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let base = name.to_str().and_then(|name| name.strip_suffix(".log"));
        bases.extend(base.and_then(|base| base.parse::<i64>().ok()));
    }
    bases.sort_unstable();
    Ok(bases)
}
