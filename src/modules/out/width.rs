//! How much fits in a line.

/// Columns of the terminal that stdout is; none for a file or a pipe.
pub fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width.0).max(20))
}
