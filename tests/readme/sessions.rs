//! Each `$ kafkaefd …` line of the README is typed, and prints what the README shows.

use super::blocks::{blocks, readme};
use crate::support::Shell;

/// The commands of a session with what each prints.
fn commands(session: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in session.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, output))) => {
                output.push_str(line);
                output.push('\n');
            }
            (None, None) => panic!("a session starts with `$ `:\n{session}"),
        }
    }
    commands
}

#[test]
fn sessions_print_what_they_show() {
    let shell = Shell::with_stack();
    let mut typed = 0;
    for block in blocks(&readme()) {
        if let Some(file) = &block.file {
            shell.file(file, &block.text);
        }
        if block.language != "console" {
            continue;
        }
        for (command, expected) in commands(&block.text) {
            let output = shell.run(&command);
            assert_eq!(output, expected, "of `{command}`");
            typed += 1;
        }
    }
    assert!(typed > 3, "the README shows only {typed} commands");
}
