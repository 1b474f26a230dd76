//! Each `$ kafkaefd …` line of a page is typed, and prints what the page shows.

use super::blocks::{blocks, page};
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

/// Whether a line was printed as the page shows it, where `…` stands for anything.
fn is_shown(shown: &str, printed: &str) -> bool {
    let mut parts = shown.split('…');
    let start = parts.next().unwrap_or_default();
    let Some(mut rest) = printed.strip_prefix(start) else { return false };
    for part in parts {
        match rest.find(part) {
            Some(_) if part.is_empty() => rest = "",
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

fn compare(command: &str, shown: &str, printed: &str) {
    // A busy machine adds it.
    let late = |line: &&str| line.starts_with(" WARN a Kafka client did not close within");
    let lines: Vec<&str> = printed.lines().filter(|line| !late(line)).collect();
    let same = shown.lines().count() == lines.len()
        && shown.lines().zip(&lines).all(|(shown, printed)| is_shown(shown, printed));
    assert!(same, "`{command}` shows\n{shown}and printed\n{printed}");
}

/// Types all commands of a page into one shell, beside a stack; returns how many there are.
fn type_in(name: &str) -> usize {
    let shell = Shell::with_stack();
    let mut typed = 0;
    for block in blocks(&page(name)) {
        if let Some(file) = &block.file {
            shell.file(file, &block.text);
        }
        if block.language != "console" {
            continue;
        }
        for (command, shown) in commands(&block.text) {
            compare(&command, &shown, &shell.run(&command));
            typed += 1;
        }
    }
    typed
}

#[test]
fn sessions_of_the_readme_print_what_they_show() {
    assert!(type_in("README.md") > 3);
}

#[test]
fn the_session_on_dead_letters_prints_what_it_shows() {
    assert!(type_in("docs/delivery.md") > 5);
}

#[test]
fn the_session_on_experiments_prints_what_it_shows() {
    assert!(type_in("docs/experiments.md") > 1);
}
