//! Lists of commands with their title lines.

use std::fmt::Write;

use crate::host::{Command, Library, Origin, title};

/// The commands below the folder `words`, one a line.
pub fn under<S: AsRef<str>>(library: &Library, words: &[S]) -> String {
    lines(&library.under(words))
}

fn lines(commands: &[&Command]) -> String {
    let names: Vec<String> = commands.iter().map(|command| command.words().join(" ")).collect();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let mut group = commands.first().and_then(|command| command.group());
    commands.iter().zip(names).fold(String::new(), |mut text, (command, name)| {
        if command.group() != group {
            text.push('\n');
            group = command.group();
        }
        let script = command.script();
        let title = script.as_ref().map_or("", |script| title(&script.text));
        let found = match &command.origin {
            Origin::File(path) => format!("  ({})", path.display()),
            Origin::Bundle => String::new(),
        };
        let line = format!("  {name:width$}  {title}{found}");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}
