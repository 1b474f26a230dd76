//! Who holds a port that is taken.

use crate::embedded::EmbeddedError;
use crate::embedded::directory::Directory;
use crate::error::Failure;

/// The failure of a stack that did not start; where its port is taken, whom to ask.
pub fn explain(error: EmbeddedError, directory: &Directory) -> Failure {
    let EmbeddedError::PortTaken { port, .. } = error else { return error.into() };
    let running = directory.running().unwrap_or_default();
    match running.iter().find(|entry| entry.holds(port)) {
        Some(entry) => Failure::from(error).with_remedy(format!(
            "stack `{}` (pid {}) holds it; give --port 0 --registry-port 0 for free ones",
            entry.name, entry.pid
        )),
        None => error.into(),
    }
}
