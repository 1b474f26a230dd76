//! A library is known to the rooms that are made for it, and to no other.

use super::source::{code, files};

/// Each library with the folders and files that may name it.
const HOMES: [(&str, &[&str]); 7] = [
    ("rhai", &["src/modules/", "src/host/", "src/repl/"]),
    ("clap", &["src/cli/"]),
    // A question on the terminal is edited and interrupted like a line of a session.
    ("rustyline", &["src/repl/", "src/modules/env/"]),
    // The delivery guarantee is made of rebalance callbacks, delivery reports and offsets.
    ("rdkafka", &["src/clients/kafka/", "src/stream/"]),
    ("reqwest", &["src/clients/"]),
    ("kafka_protocol", &["src/embedded/"]),
    ("axum", &["src/embedded/", "src/serve/"]),
];

#[test]
fn libraries_stay_at_home() {
    let mut wrong = Vec::new();
    for file in files("src", &[".rs"]) {
        let code = code(&file.text);
        for (library, homes) in HOMES {
            let named = names(&code, library);
            if named && !homes.iter().any(|home| file.path.starts_with(home)) {
                wrong.push(format!("{}: names `{library}`", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "libraries outside their rooms:\n{}", wrong.join("\n"));
}

/// Whether `code` has a path that starts with `library`.
fn names(code: &str, library: &str) -> bool {
    let start = format!("{library}::");
    code.match_indices(&start).any(|(at, _)| {
        let before = code[..at].chars().last();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[test]
fn a_path_is_told_from_a_folder_of_that_name() {
    assert!(names("use rhai::Engine;", "rhai"));
    assert!(!names("use crate::host::rhai::x;", "rhai"));
    assert!(!names("my_rhai::x", "rhai"));
}
