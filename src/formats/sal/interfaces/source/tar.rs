//! Archives `.tar.gz`: read from start to end, once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::archive::{broken, left_out};
use super::limit::{Total, Unpacked, bounded};
use super::names::{inside, is_hidden, is_interface};
use super::tree::Tree;
use crate::formats::sal::SalError;

/// The interface files of an archive, each as it is or why it cannot be.
pub struct Tar {
    shown: PathBuf,
    files: BTreeMap<String, Result<Vec<u8>, SalError>>,
    faults: Vec<SalError>,
}

/// Reads the interface files of the archive `file`; all of it is read, so that an archive that was
/// cut off is told from a whole one.
pub fn open(file: File, shown: &Path) -> Result<Tar, SalError> {
    let mut tar = Tar { shown: shown.to_owned(), files: BTreeMap::new(), faults: Vec::new() };
    let mut unpacked = Unpacked::new(MultiGzDecoder::new(BufReader::new(file)));
    let failed = |error: io::Error| broken(shown, in_words(&error));
    let mut total = Total::default();
    let mut archive = tar::Archive::new(&mut unpacked);
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let Ok(name) = String::from_utf8(entry.path_bytes().into_owned()) else { continue };
        if is_interface(&name) {
            let kind = entry.header().entry_type();
            tar.add(&name, kind, &mut entry, &mut total)?;
        }
    }
    io::copy(&mut unpacked, &mut io::sink()).map_err(failed)?;
    Ok(tar)
}

/// The words of the libraries are about their insides.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::Other if error.to_string().starts_with("it unpacks") => error.to_string(),
        io::ErrorKind::UnexpectedEof => "it is cut off".to_owned(),
        _ => format!("it is broken: {error}"),
    }
}

impl Tar {
    fn add(
        &mut self,
        name: &str,
        kind: tar::EntryType,
        content: impl Read,
        total: &mut Total,
    ) -> Result<(), SalError> {
        let Some(path) = inside(name) else {
            self.faults.push(left_out(&self.shown, name, "its name leads out of the archive"));
            return Ok(());
        };
        if is_hidden(&path) {
            return Ok(());
        }
        if !kind.is_file() {
            self.faults.push(left_out(&self.shown, &path, "it is a link or no file"));
            return Ok(());
        }
        let content = match bounded(&self.shown.join(&path), content) {
            Err(SalError::Read { source, .. }) => {
                return Err(broken(&self.shown, in_words(&source)));
            }
            other => other,
        };
        if let Ok(bytes) = &content {
            total.add(&self.shown, bytes)?;
        }
        self.files.insert(path, content);
        Ok(())
    }
}

impl Tree for Tar {
    fn place(&self) -> &Path {
        &self.shown
    }

    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>, SalError> {
        let missing = || Err(left_out(&self.shown, path, "it was read before"));
        self.files.remove(path).unwrap_or_else(missing)
    }

    fn faults(&mut self) -> Vec<SalError> {
        std::mem::take(&mut self.faults)
    }
}
