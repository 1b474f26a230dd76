//! What a report shows of the place of an error.

/// The place, the line and the caret of a report that points at `at` in the bundled script `path`.
/// `at` is part of one line only; the caret stands under its first letter.
pub fn pointed(path: &str, at: &str) -> String {
    let file = format!("{}/scripts/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines().enumerate().filter(|(_, line)| line.contains(at));
    let (index, line) = lines.next().unwrap();
    assert!(lines.next().is_none(), "`{at}` is on more than one line of {path}");
    let (number, column) = ((index + 1).to_string(), line.find(at).unwrap());
    let (gutter, indent) = (" ".repeat(number.len()), " ".repeat(column));
    format!(
        " --> bundled:{path}:{number}:{}\n{gutter} |\n{number} | {line}\n{gutter} | {indent}^\n",
        column + 1
    )
}
