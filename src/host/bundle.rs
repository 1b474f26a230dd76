//! The scripts and the standard library that are part of the binary.

use include_dir::{Dir, DirEntry, include_dir};

static SCRIPTS: Dir = include_dir!("$CARGO_MANIFEST_DIR/scripts");
static STDLIB: Dir = include_dir!("$CARGO_MANIFEST_DIR/stdlib");

/// The text of the bundled script `path` (`admin/topics/list.rhai`).
pub fn script(path: &str) -> Option<&'static str> {
    SCRIPTS.get_file(path)?.contents_utf8()
}

/// The text of the module of the standard library at `path` (`table.rhai`).
pub fn stdlib(path: &str) -> Option<&'static str> {
    STDLIB.get_file(path)?.contents_utf8()
}

/// The paths of all bundled scripts, in alphabetical order.
pub fn scripts() -> Vec<&'static str> {
    files(&SCRIPTS)
}

/// The paths of all modules of the standard library, in alphabetical order.
pub fn modules() -> Vec<&'static str> {
    files(&STDLIB)
}

fn files(dir: &'static Dir) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut folders = vec![dir];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => found.extend(file.path().to_str()),
            }
        }
    }
    found.retain(|path| is_script(path));
    found.sort_unstable();
    found
}

fn is_script(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "rhai")
}
