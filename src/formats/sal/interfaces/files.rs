//! Finds the interfaces among the files of a folder or an archive.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::source::{Tree, component};
use crate::formats::sal::SalError;

/// The name that the folder of all components has in every repository.
const USUAL: &str = "sal_interfaces";

/// Which files are the interfaces. Paths are those of a [`Tree`].
pub struct Files {
    /// The folder of all components; empty for the whole tree.
    root: String,
    /// `SALSubsystems.xml`, if there is one.
    pub subsystems: Option<String>,
    /// `SALGenerics.xml`, if there is one.
    pub generics: Option<String>,
    /// `<Component>/<Component>_{Commands,Events,Telemetry}.xml` with its component, in order.
    pub topics: Vec<(String, String)>,
    /// `interfaces/<Component>/*.avsc` beside the folder, with its component: hand-written schemas.
    pub schemas: Vec<(String, String)>,
}

impl Files {
    /// The interfaces in `tree`: in the uppermost `sal_interfaces`, or in whatever folder there is.
    pub fn find(tree: &dyn Tree) -> Result<Files, SalError> {
        let paths = tree.paths();
        let root = root(&paths).ok_or_else(|| SalError::NoInterfaces(tree.place().to_owned()))?;
        let beside = beside(&root);
        let mut files = Files {
            subsystems: None,
            generics: None,
            topics: Vec::new(),
            schemas: Vec::new(),
            root: root.clone(),
        };
        for path in paths {
            let (folder, name) = split(&path);
            let (above, last) = split(folder);
            if folder == root && name == "SALSubsystems.xml" {
                files.subsystems = Some(path);
            } else if folder == root && name == "SALGenerics.xml" {
                files.generics = Some(path);
            } else if above == root && component(folder, name).is_some() {
                files.topics.push((last.to_owned(), path));
            } else if Some(above) == beside.as_deref() && is_schema(name) {
                files.schemas.push((last.to_owned(), path));
            }
        }
        Ok(files)
    }

    /// The folder of all components in `tree`, for errors.
    pub fn place(&self, tree: &dyn Tree) -> PathBuf {
        if self.root.is_empty() { tree.place().to_owned() } else { tree.place().join(&self.root) }
    }

    /// Whether the file `path` of `tree`, which could not be read, belongs to the interfaces.
    pub fn has(&self, tree: &dyn Tree, path: &Path) -> bool {
        let above = beside(&self.root).map(|beside| tree.place().join(beside));
        path.starts_with(self.place(tree)) || above.is_some_and(|above| path.starts_with(above))
    }

    /// All components that have a file, by name.
    pub fn components(&self) -> Vec<String> {
        let names: BTreeSet<&String> = self.topics.iter().map(|(component, _)| component).collect();
        names.into_iter().cloned().collect()
    }
}

/// The folder of all components; one called `sal_interfaces` before any other, then the uppermost.
fn root(paths: &[String]) -> Option<String> {
    let roots = paths.iter().filter_map(|path| {
        let (folder, name) = split(path);
        component(folder, name).map(|_| split(folder).0)
    });
    let depth = |root: &str| if root.is_empty() { 0 } else { 1 + root.matches('/').count() };
    let best = roots.min_by_key(|root| (split(root).1 != USUAL, depth(root), root.to_string()));
    best.map(str::to_owned)
}

/// Where hand-written schemas lie; nowhere if that is outside of the tree.
fn beside(root: &str) -> Option<String> {
    match root.rsplit_once('/') {
        Some((above, _)) => Some(format!("{above}/interfaces")),
        None if root.is_empty() => None,
        None => Some("interfaces".to_owned()),
    }
}

/// The folder and the name of `path`.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn is_schema(name: &str) -> bool {
    name.strip_suffix(".avsc").is_some()
}
