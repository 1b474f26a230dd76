//! An outcome as a page that a browser shows without a network and without scripts.

mod page;
mod svg;
mod tables;

use std::fs;
use std::path::Path;

use super::{LoadError, Outcome};
use crate::clients::{Action, authorize};
use crate::context::Context;

pub use page::page;

/// Writes the page of `outcome` to the file at `path`, which is replaced.
///
/// Errors: the run `context` may not write there, or the file cannot be written.
pub fn write(context: &Context, outcome: &Outcome, path: &Path) -> Result<(), LoadError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).to_owned();
    authorize(context, &Action::WriteFiles(folder))?;
    fs::write(path, page(outcome)).map_err(|error| LoadError::Report {
        path: path.display().to_string(),
        why: error.to_string(),
    })
}
