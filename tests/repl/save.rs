//! `:save` writes a script that does what the session did.

use std::fs;

use tempfile::TempDir;

use crate::support::Kafkaefd;

/// Runs `session`, saves it, compares the body of the script and what running it prints.
fn saves(session: &str, script: &str, stdout: &str) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("night.rhai");
    let lines = format!("{session}:save {}\n", path.display());
    Kafkaefd::new().args(["repl"]).stdin(&lines).stderr("").success();
    let saved = fs::read_to_string(&path).unwrap();
    let mut parts = saved.splitn(4, '\n');
    assert_eq!(parts.next(), Some("#!/usr/bin/env -S kafkaefd run"));
    assert!(parts.next().unwrap().starts_with("//! Saved from a session of 20"), "{saved}");
    assert_eq!(parts.next(), Some(""));
    assert_eq!(parts.next(), Some(script), "{saved}");
    let path = path.to_str().unwrap();
    Kafkaefd::new().args(["run", path]).stdout(stdout).stderr("").success();
}

#[test]
fn lines_become_main_and_the_last_value_is_returned() {
    saves(
        "let x = 2\nx + 1\nx * 21\n",
        "fn main() {\n    let x = 2;\n    out::show(x + 1);\n    x * 21\n}\n",
        "3\n42\n",
    );
}

#[test]
fn functions_constants_and_imports_stand_outside_of_main() {
    saves(
        "import \"std/text\" as text\nconst K = 40\n/// Adds K.\nfn plus(n) { n + global::K }\n\
         let n = K; plus(n)\nfor i in 0..2 { print(i) }\n",
        "import \"std/text\" as text;\nconst K = 40;\n\nfn main() {\n    const K = global::K;\n    \
         let n = K;\n    out::show(plus(n));\n    for i in 0..2 { print(i) }\n}\n\n\
         /// Adds K.\nfn plus(n) { n + global::K }\n",
        "80\n0\n1\n",
    );
}

#[test]
fn the_last_value_gets_a_name() {
    saves(
        "20\n_ + 1 // more\n_ * 2\n",
        "fn main() {\n    let last = 20;\n    out::show(last);\n    let last = last + 1 // more\n    ;\n    \
         out::show(last);\n    last * 2\n}\n",
        "20\n21\n42\n",
    );
}

#[test]
fn lines_that_failed_and_commands_are_left_out() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("s.rhai");
    let lines = format!("1\nboom\n:time 2\nhelp\n:save {}\n", path.display());
    Kafkaefd::new().args(["repl"]).stdin(&lines).code(1);
    let saved = fs::read_to_string(&path).unwrap();
    assert!(saved.ends_with("fn main() {\n    out::show(1);\n    2\n}\n"), "{saved}");
}

#[test]
fn a_file_that_exists_is_kept_unless_told_otherwise() {
    let session = |line: &str| {
        Kafkaefd::new().args(["repl"]).file("s.rhai", "old").stdin(&format!("1\n{line} s.rhai\n"))
    };
    session(":save")
        .stderr(
            "error: cannot save the session to `s.rhai`: it exists already\n\
             help: `:save! s.rhai` writes over it\n",
        )
        .code(1);
    session(":save!").stdout("1\nsaved: try `kafkaefd run s.rhai`\n").stderr("").success();
}
