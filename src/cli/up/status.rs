//! The line below the greeting that tells what the stack holds, on a terminal only.

use std::io::{IsTerminal, Write, stdout};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::units;
use crate::embedded::broker::{Status, Watch};

/// How long a line stays at least.
const STAYS: Duration = Duration::from_millis(250);
/// To the start of the line, and nothing in it.
const CLEAR: &str = "\r\x1b[2K";

/// A line that is drawn anew whenever something has changed; dropping it clears it.
pub struct Line {
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    /// A line that tells what `watch` sees; none where nobody sees it.
    pub fn start(watch: Watch) -> Option<Line> {
        if !stdout().is_terminal() {
            return None;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().ok()?;
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let follow = move || {
            runtime.block_on(stopped.run_until_cancelled(follow(&watch)));
        };
        let thread = std::thread::Builder::new().name("kafkaefd-status".to_owned());
        let thread = thread.spawn(follow).ok()?;
        Some(Line { stop, thread: Some(thread) })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
        write(CLEAR);
    }
}

/// Draws what `watch` sees each time it changes; in between, nothing runs.
async fn follow(watch: &Watch) {
    let mut shown = String::new();
    loop {
        watch.changed().await;
        let line = cut(&text(watch.status()));
        if line != shown {
            write(&format!("{CLEAR}{line}"));
            shown = line;
        }
        tokio::time::sleep(STAYS).await;
    }
}

fn text(status: Status) -> String {
    let Status { topics, records, bytes, connections } = status;
    format!(
        "{}  {}  {}  {}",
        units::count(topics as u64, "topic"),
        units::count(records, "record"),
        units::bytes(bytes),
        units::count(connections as u64, "connection"),
    )
}

/// As much of `line` as fits without reaching the last column, where terminals wrap.
fn cut(line: &str) -> String {
    let width = terminal_size::terminal_size_of(stdout()).map_or(80, |(width, _)| width.0);
    line.chars().take(usize::from(width).saturating_sub(1)).collect()
}

fn write(text: &str) {
    // A terminal that has gone sends its own signal.
    let mut stdout = stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}
