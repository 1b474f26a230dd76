//! The page about a module of the standard library, from the comments in its script.

use std::fmt::Write;

use super::script::Root;
use super::{check, resolver};

/// The page about the module that `import "path"` brings: what it is, then its functions. None if
/// the standard library has no such module.
pub fn page(path: &str) -> Option<String> {
    path.strip_prefix("std/")?;
    let script = resolver::locate(&Root::Folder(".".into()), path).ok()?;
    let ast = check::parse(&script).ok()?;
    let about =
        ast.doc().lines().map(|line| line.trim_start_matches("//!").trim()).collect::<Vec<_>>();
    let mut page = format!("{}\n", about.join("\n"));
    let mut functions: Vec<_> =
        ast.iter_functions().filter(|f| f.access == rhai::FnAccess::Public).collect();
    functions.retain(|function| !function.name.starts_with("anon$"));
    functions.sort_by_key(|function| script.text.find(&format!("fn {}(", function.name)));
    for function in functions {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n  {}({})\n", function.name, function.params.join(", "));
        let docs = function.comments.iter().flat_map(|comment| comment.lines());
        for line in docs.map(|line| line.trim_start_matches('/').trim()) {
            let _ = writeln!(page, "{}", format!("      {line}").trim_end());
        }
    }
    Some(page)
}
