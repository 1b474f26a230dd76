//! The demo prints what the README shows, numbers and samples aside.

use super::blocks::{blocks, readme};
use crate::support::Kafkaefd;

/// The story: numbers masked, blanks squeezed, the rows of the table of records left out.
fn story(output: &str) -> Vec<String> {
    let line = |line: &str| {
        let masked = line.replace(|c: char| c.is_ascii_digit(), "#");
        let words: Vec<&str> = masked.split([' ', '#']).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let is_row = |line: &&str| line.starts_with("  ") && line.ends_with(char::is_alphanumeric);
    output.lines().filter(|row| !is_row(row) || row.contains("kafkaefd")).map(line).collect()
}

#[test]
fn the_demo_tells_the_story_of_the_readme() {
    let args = ["demo", "--seconds", "1", "--burst", "50"];
    let output = Kafkaefd::new().args(args).success();
    let output = String::from_utf8(output.stdout).unwrap();
    let shown = blocks(&readme()).into_iter().find(|block| block.text.starts_with("SAL messages"));
    assert_eq!(story(&output), story(&shown.unwrap().text));
    assert!(output.lines().count() <= 40, "more than 40 lines:\n{output}");
    assert!(output.lines().all(|line| line.chars().count() <= 80), "past column 80:\n{output}");
    assert!(output.contains("\ndelivered   100 of 100, 0 dead letters\n"), "{output}");
}
