//! Every native module has the same files, and every file says what it is.

use std::path::Path;

use super::source::{code, files};

#[test]
fn a_module_has_a_register_and_a_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/modules");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(path.join("mod.rs").is_file(), "module `{name}` has no mod.rs");
            let page = path.join("api.rs").is_file() || path.join("api").is_dir();
            assert!(page, "module `{name}` has no api.rs");
        }
    }
}

/// Without it an error of `kafka::topics()` has no line.
#[test]
fn a_page_registers_functions_whose_errors_know_their_place() {
    for file in files("src/modules", &[".rs"]) {
        let plain = file.text.lines().any(|line| line.trim() == "#[export_module]");
        assert!(!plain, "{}: write `root = \"crate::modules::placed\"`", file.path);
    }
}

#[test]
fn every_file_starts_with_what_it_is() {
    for file in files("src", &[".rs"]) {
        let documented = file.text.starts_with("//! ");
        assert!(documented, "{} does not start with a line `//! …`", file.path);
    }
}

/// `mod.rs` is a table of contents. What a module registers is one, too.
#[test]
fn mod_rs_has_no_logic() {
    for file in files("src", &["/mod.rs"]) {
        let code = code(&file.text);
        let functions = code.match_indices("fn ").filter(|(at, _)| {
            let before = code[..*at].chars().last();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        });
        for (at, _) in functions {
            let name: String = code[at + 3..].chars().take_while(|c| *c != '(').collect();
            let listed = file.path.starts_with("src/modules/")
                && ["module", "language", "register"].contains(&name.as_str());
            assert!(listed, "{} has a function `{name}`: move it to a file", file.path);
        }
    }
}

/// A file that no `mod` names is not compiled, and rots.
#[test]
fn every_file_is_declared_by_its_folder() {
    let sources: Vec<_> = ["src", "tests"].iter().flat_map(|f| files(f, &[".rs"])).collect();
    let mut orphans = Vec::new();
    for file in &sources {
        let path = file.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        let (folder, name) = path.rsplit_once('/').unwrap();
        let declares = |other: &&super::source::Source| {
            let parents = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
            let roots = ["src/lib.rs", "src/main.rs", "tests/main.rs"].map(str::to_owned);
            let is_root = ["src", "tests"].contains(&folder) && roots.contains(&other.path);
            is_root || parents.contains(&other.path)
        };
        let is_declared = sources.iter().filter(declares).any(|parent| {
            code(&parent.text)
                .lines()
                .any(|line| line.trim_end().ends_with(&format!("mod {name};")))
        });
        if !is_declared && !["lib", "main"].contains(&name) {
            orphans.push(&file.path);
        }
    }
    assert!(orphans.is_empty(), "files that no `mod` names: {orphans:#?}");
}
