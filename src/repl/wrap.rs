//! Documentation in the width of the terminal.

use crate::modules::out::terminal_width;

/// The paragraphs and lists of `docs`, filled anew, each line `indent` columns from the left.
pub fn wrap(docs: &str, indent: usize) -> String {
    let width = terminal_width().unwrap_or(80).min(100);
    let mut text = String::new();
    let mut block = String::new();
    for line in docs.lines().chain([""]) {
        let own = line.is_empty() || line.starts_with("- ");
        if own && !block.is_empty() {
            fill(&mut text, &block, indent, width);
            block.clear();
        }
        if line.is_empty() {
            text.push('\n');
        } else {
            block.push_str(if block.is_empty() { "" } else { " " });
            block.push_str(line.trim());
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn fill(text: &mut String, block: &str, indent: usize, width: usize) {
    let hang = if block.starts_with("- ") { 2 } else { 0 };
    let mut column = indent;
    text.push_str(&" ".repeat(indent));
    for (index, word) in block.split_whitespace().enumerate() {
        let len = word.chars().count();
        if index > 0 && column + 1 + len > width {
            text.push('\n');
            text.push_str(&" ".repeat(indent + hang));
            column = indent + hang;
        } else if index > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += len;
    }
    text.push('\n');
}
