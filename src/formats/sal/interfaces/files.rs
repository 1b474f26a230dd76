//! Finds the interface files in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::sal::SalError;

const DEEPEST: usize = 8;
const LARGEST: u64 = 64 << 20;

/// One file with its content.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The folder it lies in: a component's name.
    pub component: String,
    /// Where it lies, for errors.
    pub path: PathBuf,
    /// Its content.
    pub text: String,
}

/// The files of a set of interfaces.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The folder, for errors.
    pub root: PathBuf,
    /// `SALSubsystems.xml`, if there is one.
    pub subsystems: Option<SourceFile>,
    /// `SALGenerics.xml`, if there is one.
    pub generics: Option<SourceFile>,
    /// `<Component>/<Component>_{Commands,Events,Telemetry}.xml`, by component.
    pub topics: Vec<SourceFile>,
    /// `interfaces/<Component>/*.avsc` beside the folder: hand-written schemas.
    pub schemas: Vec<SourceFile>,
}

impl Files {
    /// Reads the files under `folder`, which is `sal_interfaces` itself or holds it somewhere;
    /// of the components in `only`, or of all where that is empty.
    pub fn read(folder: &Path, only: &[String]) -> Result<Files, SalError> {
        let root = find(folder, 0)?.ok_or_else(|| SalError::NoInterfaces(folder.to_owned()))?;
        let wanted = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
        let mut files = Files { root: root.clone(), ..Files::default() };
        for component in folders(&root)? {
            for part in ["Commands", "Events", "Telemetry"] {
                let path = root.join(&component).join(format!("{component}_{part}.xml"));
                if wanted(&component) && path.is_file() {
                    files.topics.push(read(&path, &component)?);
                }
            }
        }
        files.subsystems = optional(&root.join("SALSubsystems.xml"))?;
        files.generics = optional(&root.join("SALGenerics.xml"))?;
        let hand_written = root.parent().map(|parent| parent.join("interfaces"));
        if let Some(beside) = hand_written.filter(|beside| *beside != root && beside.is_dir()) {
            for component in folders(&beside)?.into_iter().filter(|name| wanted(name)) {
                for path in entries(&beside.join(&component))? {
                    if path.extension().is_some_and(|extension| extension == "avsc") {
                        files.schemas.push(read(&path, &component)?);
                    }
                }
            }
        }
        Ok(files)
    }
}

/// `folder` if it holds interfaces, else the first folder below that does; one named
/// `sal_interfaces` before any other.
fn find(folder: &Path, depth: usize) -> Result<Option<PathBuf>, SalError> {
    let named = folder.join("sal_interfaces");
    if named.is_dir() && holds_interfaces(&named)? {
        return Ok(Some(named));
    }
    if holds_interfaces(folder)? {
        return Ok(Some(folder.to_owned()));
    }
    if depth == DEEPEST {
        return Ok(None);
    }
    for name in folders(folder)?.into_iter().filter(|name| !name.starts_with('.')) {
        if let Some(found) = find(&folder.join(name), depth + 1)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn holds_interfaces(folder: &Path) -> Result<bool, SalError> {
    Ok(folders(folder)?.iter().any(|name| {
        let file = |part: &str| folder.join(name).join(format!("{name}_{part}.xml")).is_file();
        file("Commands") || file("Events") || file("Telemetry")
    }))
}

fn folders(folder: &Path) -> Result<Vec<String>, SalError> {
    let name = |path: PathBuf| Some(path.file_name()?.to_str()?.to_owned());
    // A link may lead back up: only real folders are searched.
    let real = |path: &PathBuf| path.is_dir() && !path.is_symlink();
    Ok(entries(folder)?.into_iter().filter(real).filter_map(name).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SalError> {
    let failed = |source| SalError::Read { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn optional(path: &Path) -> Result<Option<SourceFile>, SalError> {
    if path.is_file() { read(path, "").map(Some) } else { Ok(None) }
}

fn read(path: &Path, component: &str) -> Result<SourceFile, SalError> {
    let failed = |source| SalError::Read { path: path.to_owned(), source };
    if fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Err(failed(std::io::Error::other("it is larger than 64 MiB")));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    Ok(SourceFile { component: component.to_owned(), path: path.to_owned(), text })
}
