//! Text on stdout that is no data of a run: pages, lists, verdicts.

use crate::context::stdout;

/// Writes `text` as it is. What keeps it from being written, the end of the command reports.
pub fn show(text: &str) {
    stdout::write(text);
}
