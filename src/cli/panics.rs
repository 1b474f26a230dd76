//! Panics: a mistake in kafkaefd itself, which the host reports like any error of a script.

use std::thread;

/// Keeps the standard text about a panic off stderr: that of the main thread ends in a report, and
/// that of any other is logged.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let current = thread::current();
        if current.name() == Some("main") {
            tracing::debug!(%panic, "panic");
        } else {
            let name = current.name().unwrap_or("a worker");
            tracing::error!(%panic, thread = name, "a mistake in kafkaefd itself: please report it");
        }
    }));
}
