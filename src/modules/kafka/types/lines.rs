//! Lines of standard input or a file, of any number, in bounded memory.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use bytes::Bytes;

use crate::context::Context;
use crate::error::{Failure, Kind};

/// How much is read at once.
const CHUNK: usize = 64 << 10;
/// How many chunks are read ahead.
const AHEAD: usize = 4;
/// The longest line: many times what a broker takes.
const LONGEST: usize = 64 << 20;
/// How long a wait may keep the run from noticing that it was stopped.
const SLICE: Duration = Duration::from_millis(50);

/// Where the values of records come from.
pub enum Lines {
    /// A script gave them.
    Given { name: &'static str, values: std::vec::IntoIter<Bytes>, number: u64 },
    /// They are read on a thread of its own, which a read from a terminal may hold for ever.
    Read { name: String, blocks: Receiver<io::Result<Bytes>>, block: Bytes, number: u64 },
}

impl Lines {
    /// The `values` themselves.
    pub fn given(values: Vec<Bytes>) -> Lines {
        Lines::Given { name: "value", values: values.into_iter(), number: 0 }
    }

    /// The lines of the file at `path`, else those of standard input.
    pub fn open(path: Option<&str>) -> Result<Lines, Failure> {
        let Some(path) = path else {
            return Ok(Lines::read("of standard input".to_owned(), io::stdin()));
        };
        let file = File::open(path).and_then(|file| {
            if file.metadata()?.is_dir() { Err(ErrorKind::IsADirectory.into()) } else { Ok(file) }
        });
        match file {
            Ok(file) => Ok(Lines::read(format!("of `{path}`"), file)),
            Err(error) => Err(unreadable(&format!("`{path}`"), &error)),
        }
    }

    fn read(name: String, source: impl Read + Send + 'static) -> Lines {
        let (send, blocks) = mpsc::sync_channel(AHEAD);
        thread::spawn(move || read_blocks(source, &send));
        Lines::Read { name, blocks, block: Bytes::new(), number: 0 }
    }

    /// What messages call the line with this number: "value 2", "line 3 of standard input".
    pub fn title(&self, number: u64) -> String {
        match self {
            Lines::Given { name, .. } => format!("{name} {number}"),
            Lines::Read { name, .. } => format!("line {number} {name}"),
        }
    }

    /// The next line with its number, from 1, and without its line end.
    pub fn next(&mut self, context: &Context) -> Result<Option<(u64, Bytes)>, Failure> {
        match self {
            Lines::Given { values, number, .. } => {
                *number += 1;
                Ok(values.next().map(|value| (*number, value)))
            }
            Lines::Read { name, blocks, block, number } => {
                if block.is_empty() {
                    match next_block(context, blocks, name)? {
                        Some(next) => *block = next,
                        None => return Ok(None),
                    }
                }
                *number += 1;
                Ok(Some((*number, cut_line(block))))
            }
        }
    }
}

/// Takes the first line off `block`.
fn cut_line(block: &mut Bytes) -> Bytes {
    let Some(end) = block.iter().position(|byte| *byte == b'\n') else {
        return std::mem::take(block);
    };
    let mut line = block.split_to(end + 1);
    line.truncate(end);
    line
}

fn next_block(
    context: &Context,
    blocks: &Receiver<io::Result<Bytes>>,
    name: &str,
) -> Result<Option<Bytes>, Failure> {
    loop {
        match blocks.recv_timeout(SLICE) {
            Ok(Ok(block)) => return Ok(Some(block)),
            Ok(Err(error)) => return Err(unreadable(name.trim_start_matches("of "), &error)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) if context.cancel().is_cancelled() => {
                return Err(Failure::new(
                    Kind::Cancelled,
                    format!("cannot read lines {name}: stopped"),
                ));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Sends whole lines as soon as they are there; the last may lack its line end.
fn read_blocks(mut source: impl Read, blocks: &SyncSender<io::Result<Bytes>>) {
    let mut pending = Vec::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = match source.read(&mut chunk) {
            Ok(read) => chunk.get(..read).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                let _ = blocks.send(Err(error));
                return;
            }
        };
        let last = read.iter().rposition(|byte| *byte == b'\n');
        let (whole, rest) = read.split_at(last.map_or(0, |at| at + 1));
        if !whole.is_empty() || read.is_empty() {
            pending.extend_from_slice(whole);
            let block = std::mem::take(&mut pending);
            // No one listens any more where a bad line ended it all.
            if (!block.is_empty() && blocks.send(Ok(block.into())).is_err()) || read.is_empty() {
                return;
            }
        }
        pending.extend_from_slice(rest);
        if pending.len() > LONGEST {
            let why = format!("a line is longer than {} MiB", LONGEST >> 20);
            let _ = blocks.send(Err(io::Error::new(ErrorKind::InvalidData, why)));
            return;
        }
    }
}

fn unreadable(what: &str, error: &io::Error) -> Failure {
    let (kind, why) = match error.kind() {
        ErrorKind::NotFound => (Kind::NotFound, "no such file".to_owned()),
        ErrorKind::IsADirectory => (Kind::Invalid, "it is a folder".to_owned()),
        ErrorKind::PermissionDenied => (Kind::Denied, "permission denied".to_owned()),
        ErrorKind::InvalidData => (Kind::Invalid, error.to_string()),
        _ => (Kind::Failed, error.to_string()),
    };
    Failure::new(kind, format!("cannot read {what}: {why}"))
}
