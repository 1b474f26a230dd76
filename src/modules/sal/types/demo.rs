//! The interfaces that are part of the binary.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use crate::formats::sal::interfaces::{Files, SourceFile};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/scripts/demo/interfaces");

/// The files of the demo's interfaces.
pub fn files() -> Files {
    let mut files = Files {
        root: PathBuf::from("the bundled demo interfaces"),
        subsystems: file(Path::new("SALSubsystems.xml")),
        generics: file(Path::new("SALGenerics.xml")),
        ..Files::default()
    };
    for component in FILES.dirs() {
        for part in ["Commands", "Events", "Telemetry"] {
            let name = component.path().to_string_lossy();
            files.topics.extend(file(&component.path().join(format!("{name}_{part}.xml"))));
        }
    }
    files.topics.sort_by(|one, other| one.component.cmp(&other.component));
    files
}

fn file(path: &Path) -> Option<SourceFile> {
    let Some(DirEntry::File(file)) = FILES.get_entry(path) else { return None };
    let component = path.parent().map(|folder| folder.to_string_lossy().into_owned());
    Some(SourceFile {
        component: component.unwrap_or_default(),
        path: path.to_owned(),
        text: file.contents_utf8()?.to_owned(),
    })
}
