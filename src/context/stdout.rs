//! Standard output of a run: data only, and no panic when the reader has gone.

use std::io::{ErrorKind, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::Context;
use crate::error::{Failure, Kind};

static CLOSED: AtomicBool = AtomicBool::new(false);
static FAILED: Mutex<Option<String>> = Mutex::new(None);

/// Writes `text` and a line end. When the reader of a pipe has gone, the run is cancelled: it ends
/// quietly, with exit code 0. It is cancelled, too, when the text cannot be written for another
/// reason, a full disk for example: [`failure`] then says why.
pub fn print(context: &Context, text: &str) {
    if !write(&format!("{text}\n")) {
        context.cancel().cancel();
    }
}

/// Writes `text` as it is; whether that worked. Why not is then known to [`is_closed`] or
/// [`failure`].
pub fn write(text: &str) -> bool {
    write_bytes(text.as_bytes())
}

/// The same for bytes, which need not be text.
pub fn write_bytes(bytes: &[u8]) -> bool {
    let mut stdout = std::io::stdout().lock();
    let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) else {
        return true;
    };
    if error.kind() == ErrorKind::BrokenPipe {
        CLOSED.store(true, Ordering::Relaxed);
    } else {
        let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert_with(|| error.to_string());
    }
    false
}

/// Whether the reader of standard output has gone.
pub fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// Whether the reader of the pipe that standard output is has gone, though nothing was written
/// since: one who waits for something to write would not notice.
pub fn reader_gone() -> bool {
    let stdout = std::io::stdout();
    let mut asked = [PollFd::new(stdout.as_fd(), PollFlags::empty())];
    let answered = poll(&mut asked, PollTimeout::ZERO).is_ok_and(|count| count > 0);
    let [answer] = asked;
    let gone = answered && answer.revents().is_some_and(|e| e.contains(PollFlags::POLLERR));
    CLOSED.fetch_or(gone, Ordering::Relaxed);
    gone
}

/// What kept text from being written, where that was not a reader who has gone.
pub fn failure() -> Option<Failure> {
    let failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
    let why = failed.as_ref()?;
    Some(Failure::new(Kind::Failed, format!("cannot write to standard output: {why}")))
}
