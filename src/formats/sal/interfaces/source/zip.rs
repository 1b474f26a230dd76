//! Archives `.zip`: a list at the end, files read one by one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::archive::{broken, left_out};
use super::limit::{Total, bounded};
use super::names::{inside, is_hidden, is_interface};
use super::tree::Tree;
use crate::formats::sal::SalError;

/// The longest archive: its list is held in memory.
const LONGEST: u64 = 64 << 20;

/// The interface files of an archive, by their numbers in it.
pub struct Zip {
    shown: PathBuf,
    archive: ZipArchive<BufReader<File>>,
    files: BTreeMap<String, usize>,
    total: Total,
    faults: Vec<SalError>,
}

/// Reads the list of the archive `file`.
pub fn open(file: File, shown: &Path) -> Result<Zip, SalError> {
    let length = file.metadata().map_err(|error| broken(shown, error.to_string()))?.len();
    if length > LONGEST {
        return Err(broken(shown, format!("it is longer than {} MiB", LONGEST >> 20)));
    }
    let archive = ZipArchive::new(BufReader::new(file))
        .map_err(|error| broken(shown, format!("it is broken or cut off: {error}")))?;
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let (total, shown) = (Total::default(), shown.to_owned());
    let mut zip = Zip { shown, archive, files: BTreeMap::new(), total, faults: Vec::new() };
    for name in names.into_iter().filter(|name| is_interface(&name.replace('\\', "/"))) {
        zip.add(&name);
    }
    Ok(zip)
}

impl Zip {
    fn add(&mut self, name: &str) {
        let Some(path) = inside(name) else {
            self.faults.push(left_out(&self.shown, name, "its name leads out of the archive"));
            return;
        };
        let Some(number) = self.archive.index_for_name(name) else { return };
        if !is_hidden(&path) {
            self.files.insert(path, number);
        }
    }
}

impl Tree for Zip {
    fn place(&self) -> &Path {
        &self.shown
    }

    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, SalError> {
        let wrong = |what: &str| left_out(&self.shown, path, what);
        let Some(number) = self.files.get(path) else { return Err(wrong("it was read before")) };
        let file = self.archive.by_index(*number);
        let file = file.map_err(|error| wrong(&format!("it cannot be unpacked: {error}")))?;
        if !file.is_file() || file.is_symlink() {
            return Err(wrong("it is a link or no file"));
        }
        let bytes = match bounded(&self.shown.join(path), file) {
            Err(SalError::Read { source, .. }) => {
                return Err(wrong(&format!("it cannot be unpacked: {source}")));
            }
            other => other?,
        };
        self.total.add(&self.shown, &bytes)?;
        Ok(bytes)
    }

    fn faults(&mut self) -> Vec<SalError> {
        std::mem::take(&mut self.faults)
    }
}
