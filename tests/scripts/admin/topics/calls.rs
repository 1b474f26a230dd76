//! Calls of `admin topics`, and what they answer.

use std::process::Output;

use crate::support::{Kafkaefd, Stack};

/// `admin topics …`.
pub fn topics(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["admin", "topics"]).args(args)
}

/// The names of this test's topics are `expected`.
pub fn listed(stack: &Stack, expected: &str) {
    let filter = ".*######$";
    topics(stack, &["list", "--inline", "-f", filter]).stdout(expected).stderr("").success();
}

/// What stderr begins and ends with, without the place in the script, is `expected`.
pub fn says(stack: &Stack, output: &Output, expected: &str) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(format!("{}\n{}", lines[0], lines[lines.len() - 1]), stack.tagged(expected));
}
