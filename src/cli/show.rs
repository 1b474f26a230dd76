//! Text on stdout that nobody may read: a closed pipe is no error.

use std::io::Write;

/// Writes `text` as it is.
pub fn show(text: &str) {
    let mut stdout = std::io::stdout().lock();
    // The reader has gone: there is nobody to tell.
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
