//! How long a file may be.

use super::source::{Source, files};

/// Past this a file holds more than one noun.
const LINES: usize = 400;
/// Past this a script hides a function of the standard library.
const SCRIPT_LINES: usize = 80;
const COLUMNS: usize = 100;

fn too_long(files: Vec<Source>, limit: usize) -> Vec<String> {
    let lines = |file: &Source| file.text.lines().count();
    let long = files.into_iter().filter(|file| lines(file) > limit);
    long.map(|file| format!("{}: {} lines", file.path, lines(&file))).collect()
}

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches", "scripts", "stdlib"] {
        long.extend(too_long(files(folder, &[".rs", ".rhai"]), LINES));
    }
    assert!(long.is_empty(), "files of more than {LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn no_command_is_too_long() {
    let long = too_long(files("scripts", &[".rhai"]), SCRIPT_LINES);
    assert!(long.is_empty(), "scripts of more than {SCRIPT_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn scripts_fit_the_page() {
    let mut wide = Vec::new();
    for file in files("scripts", &[".rhai"]).iter().chain(&files("stdlib", &[".rhai"])) {
        for (number, line) in file.text.lines().enumerate() {
            if line.chars().count() > COLUMNS || line.ends_with(' ') || line.contains('\t') {
                wide.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    assert!(
        wide.is_empty(),
        "past column {COLUMNS}, tabs or trailing spaces:\n{}",
        wide.join("\n")
    );
}

#[test]
fn command_names_are_kebab_case() {
    for file in files("scripts", &[".rhai"]) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
        assert!(file.path.chars().all(fits), "{} is not kebab-case", file.path);
    }
}
