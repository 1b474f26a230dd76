//! Standard output of a run: data only, and no panic when the reader has gone.

use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::Context;

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Writes `text` and a line end. When the reader of a pipe has gone, the run is cancelled: it ends
/// quietly, with exit code 0.
pub fn print(context: &Context, text: &str) {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    if written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        CLOSED.store(true, Ordering::Relaxed);
        context.cancel().cancel();
    }
}

/// Whether the reader of standard output has gone.
pub fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}
