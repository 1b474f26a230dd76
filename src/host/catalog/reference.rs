//! The catalog as pages of Markdown: a table of all functions of a module, then each with examples.

use std::fmt::Write;

use super::function::{Form, Function, Module};
use super::read::Catalog;

impl Catalog {
    /// The page about `module`, as `docs/reference` holds it.
    pub fn reference(&self, module: &Module) -> String {
        let functions: Vec<&Function> = self.functions(&module.name).collect();
        let mut page = format!("# {}\n\n{}\n\n", module.name, module.docs);
        page.push_str("| Function | What it does |\n|---|---|\n");
        for function in &functions {
            let (signature, heading) = (cell(&function.signature), heading(function));
            let link = anchor(&heading);
            // Writing to a string cannot fail.
            let _ = writeln!(page, "| [`{signature}`](#{link}) | {} |", cell(&function.summary));
        }
        for (index, function) in functions.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| functions.get(before));
            if before.is_none_or(|before| heading(before) != heading(function)) {
                let _ = write!(page, "\n## {}\n", heading(function));
            }
            page.push_str(&section(function));
        }
        page
    }
}

/// The overloads of a function share it.
fn heading(function: &Function) -> String {
    match (&function.receiver, function.form) {
        (Some(receiver), Form::Index) => format!("{receiver}[]"),
        (Some(receiver), _) => format!("{receiver}.{}", function.name),
        (None, _) => function.path(),
    }
}

/// What Markdown makes of a heading: small letters, without what is no letter, digit, `-` or `_`.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    heading.to_lowercase().chars().filter(kept).collect()
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn section(function: &Function) -> String {
    let mut text = format!("\n```text\n{}\n```\n\n{}\n", function.signature, function.docs);
    for example in &function.examples {
        if let Some(server) = &example.needs {
            let _ = write!(text, "\nNeeds {server}:\n");
        }
        let _ = write!(text, "\n```rhai\n{}\n```\n", example.code);
    }
    text
}
