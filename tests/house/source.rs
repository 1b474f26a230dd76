//! The files of the repository, and Rust code without its comments and strings.

use std::path::{Path, PathBuf};

/// A file below the root of the repository.
pub struct Source {
    /// Its path from the root, with `/`.
    pub path: String,
    pub text: String,
}

/// The files below `folder` whose names end in one of `ends`; every file for no ends.
pub fn files(folder: &str, ends: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found.sort();
    let wanted = |path: &PathBuf| {
        let path = path.to_string_lossy();
        ends.is_empty() || ends.iter().any(|end| path.ends_with(end))
    };
    found.retain(wanted);
    found.into_iter().filter_map(|path| read(root, &path)).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_symlink() || name == "target" || name == ".git" || name.starts_with(".cargo") {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The file as text; nothing for a picture.
fn read(root: &Path, path: &Path) -> Option<Source> {
    let text = String::from_utf8(std::fs::read(path).unwrap()).ok()?;
    let path = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    Some(Source { path, text })
}

/// `text` with comments, strings and characters blanked, so that what is left is code.
pub fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skip(rest, code.chars().last());
        if skipped == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            // Line numbers stay.
            code.extend(rest[..skipped].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[skipped..];
        }
    }
    code
}

/// How many bytes at the start of `rest` are a comment, a string or a character.
fn skip(rest: &str, before: Option<char>) -> usize {
    let until = |end: &str, from: usize| {
        rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len())
    };
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        until("*/", 2)
    } else if rest.starts_with('"') {
        quoted(rest, '"')
    } else if rest.starts_with('r') && !in_word {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        let opens = rest[1 + hashes..].starts_with('"');
        if opens { until(&format!("\"{}", "#".repeat(hashes)), 2 + hashes) } else { 0 }
    } else if rest.starts_with('\'') {
        // `'a'` and `'\n'` are characters, `'a` is a lifetime.
        let mut chars = rest.chars().skip(1);
        let escaped = chars.next() == Some('\\');
        if escaped || chars.next() == Some('\'') { quoted(rest, '\'') } else { 0 }
    } else {
        0
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn code_is_what_is_left() {
    let text =
        "use a; // crate::b\nlet s = \"crate::c \\\" d\"; let r = r#\"e\"#; f('\"', 'x', &'a g)";
    let left: Vec<String> = code(text).split_whitespace().map(str::to_owned).collect();
    assert_eq!(left.join(" "), "use a; let s = ; let r = ; f( , , &'a g)");
}
