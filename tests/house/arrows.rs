//! Arrows point only downward: which room imports which.

use super::source::{code, files};

/// What everybody may use.
const LEAVES: [&str; 4] = ["context", "error", "nearest", "settings"];

/// Each room with the rooms it may import. Floors may be skipped where the table says so.
const ALLOWED: [(&str, &[&str]); 14] = [
    ("main", &["cli"]),
    ("cli", &["repl", "host", "embedded"]),
    ("repl", &["host", "modules"]),
    ("host", &["modules", "stream", "serve", "formats"]),
    ("modules", &["stream", "load", "clients", "serve", "formats"]),
    ("stream", &["clients", "serve", "formats"]),
    ("load", &["clients", "serve", "formats"]),
    ("clients", &["formats"]),
    ("serve", &["formats"]),
    ("embedded", &["formats"]),
    ("formats", &[]),
    ("context", &[]),
    ("error", &[]),
    ("nearest", &[]),
];

fn allowed(path: &str, room: &str, target: &str) -> bool {
    match (room, target) {
        _ if room == target => true,
        ("lib", _) => true,
        ("error", _) => false,
        ("settings", _) => ["error", "nearest"].contains(&target),
        ("modules", "embedded") => path.starts_with("src/modules/embedded/"),
        _ if LEAVES.contains(&target) => true,
        _ => ALLOWED.iter().any(|(from, to)| *from == room && to.contains(&target)),
    }
}

#[test]
fn rooms_import_downward_only() {
    let mut wrong = Vec::new();
    for file in files("src", &[".rs"]) {
        let room = room(&file.path);
        for target in targets(&file.path, &code(&file.text)) {
            if !allowed(&file.path, &room, &target) {
                wrong.push(format!("{}: `{room}` imports `{target}`", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point the wrong way:\n{}", wrong.join("\n"));
}

/// Every room stands in the table, so that a new one gets its rules.
#[test]
fn every_room_has_its_rules() {
    for file in files("src", &[".rs"]) {
        let room = room(&file.path);
        let known = ALLOWED.iter().any(|(name, _)| *name == room);
        assert!(known || ["lib", "settings"].contains(&&*room), "no rules for `{room}`");
    }
}

/// A module shares types through the floor below, never with another module.
#[test]
fn modules_do_not_import_each_other() {
    let all = files("src/modules", &[".rs"]);
    let folder = |path: &str| path.split('/').nth(2).unwrap().to_owned();
    let modules: Vec<String> =
        all.iter().filter(|f| f.path.matches('/').count() > 2).map(|f| folder(&f.path)).collect();
    let mut wrong = Vec::new();
    for file in all.iter().filter(|file| file.path.matches('/').count() > 2) {
        let own = folder(&file.path);
        for other in paths(&code(&file.text), "crate::modules::") {
            if other != own && modules.contains(&other) {
                wrong.push(format!("{}: imports module `{other}`", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "modules that import each other:\n{}", wrong.join("\n"));
}

/// The first folder below `src`, or the file's own name.
fn room(path: &str) -> String {
    let first = path.split('/').nth(1).unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that `code` names through `crate::` or a chain of `super::`; the binary names them
/// through the library.
fn targets(path: &str, code: &str) -> Vec<String> {
    let depth = path.trim_end_matches("/mod.rs").matches('/').count();
    let up = "super::".repeat(depth);
    let mut all = paths(code, "crate::");
    if path == "src/main.rs" {
        all.extend(paths(code, "kafkaefd::"));
    }
    all.extend(paths(code, &up).into_iter().filter(|name| is_room(name)));
    all
}

fn is_room(name: &str) -> bool {
    LEAVES.contains(&name) || ALLOWED.iter().any(|(room, _)| *room == name)
}

/// The names that follow `prefix`: one, or those of a group in braces.
fn paths(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.extend(word(rest)),
        }
    }
    names.retain(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    names
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// The first names of `a::{x, y}, b, c}`: a, b and c.
fn group_heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let (mut depth, mut fresh) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                heads.extend(word(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::{host, clients::{kafka, registry}, formats::avro};\n\
                let x = crate::stream::Pipeline; use super::super::super::cli::run; \
                use super::super::records;";
    let found = targets("src/modules/kafka/api.rs", code);
    assert_eq!(found, ["host", "clients", "formats", "stream", "cli"]);
    assert!(!allowed("src/modules/kafka/api.rs", "modules", "host"));
    assert!(!allowed("src/cli/run.rs", "cli", "clients"));
    assert!(!allowed("src/modules/kafka/api.rs", "modules", "embedded"));
    assert!(allowed("src/modules/embedded/api.rs", "modules", "embedded"));
}
