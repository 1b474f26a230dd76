//! Commands speak one language: the same options for the same thing.

use super::source::{Source, files};

/// The commands that administer servers.
fn administration() -> Vec<Source> {
    let folders = ["scripts/admin", "scripts/registry"];
    folders.iter().flat_map(|folder| files(folder, &[".rhai"])).collect()
}

/// Whether the header of `script` declares the argument `name`.
fn takes(script: &Source, name: &str) -> bool {
    let header = script.text.split("\nfn main").next().unwrap();
    header.lines().any(|line| line.trim_start().starts_with(&format!("{name}:")))
}

fn without(name: &str, scripts: &[Source]) -> Vec<String> {
    scripts.iter().filter(|script| !takes(script, name)).map(|s| s.path.clone()).collect()
}

#[test]
fn whoever_asks_a_server_can_say_how_long_to_wait() {
    let missing = without("timeout", &administration());
    assert!(missing.is_empty(), "commands without --timeout: {missing:#?}");
}

/// What is gone is gone: ask first, and show beforehand what it would be.
#[test]
fn what_destroys_asks_and_can_be_tried() {
    let words = ["delete.rhai", "delete-records.rhai", "reset.rhai"];
    let mut scripts = administration();
    scripts.retain(|script| words.iter().any(|word| script.path.ends_with(word)));
    assert!(scripts.len() >= 3, "the words of destructive commands changed");
    for option in ["yes", "dry_run"] {
        let missing = without(option, &scripts);
        assert!(missing.is_empty(), "commands without {option}: {missing:#?}");
    }
}
