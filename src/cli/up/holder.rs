//! Which process listens on a port, as far as the system tells its users.

use std::fs;
use std::path::Path;

/// A process that listens on a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The name of its program, cut to 15 letters by the system.
    pub program: String,
    /// Its number.
    pub pid: u32,
}

/// Who listens on `port`; none where that is another user's process, or the system has no `/proc`.
pub fn holder(port: u16) -> Option<Holder> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(fs::read_to_string);
    let sockets: Vec<String> = tables.iter().flatten().flat_map(|t| listening(t, port)).collect();
    let processes = fs::read_dir("/proc").ok()?;
    processes.filter_map(|process| Some(process.ok()?.path())).find_map(|process| {
        let pid = process.file_name()?.to_str()?.parse().ok()?;
        if !holds(&process, &sockets) {
            return None;
        }
        let program = fs::read_to_string(process.join("comm")).ok()?;
        Some(Holder { program: program.trim_end().to_owned(), pid })
    })
}

/// The sockets of `table` that listen on `port`, as the links in `/proc/PID/fd` name them.
fn listening(table: &str, port: u16) -> Vec<String> {
    let local = format!(":{port:04X}");
    let socket = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // Fields: number, local address, remote address, state (0A listens), …, inode.
        let [_, address, _, "0A", ..] = fields.as_slice() else { return None };
        let inode = fields.get(9).filter(|_| address.ends_with(&local))?;
        Some(format!("socket:[{inode}]"))
    };
    table.lines().filter_map(socket).collect()
}

fn holds(process: &Path, sockets: &[String]) -> bool {
    let Ok(files) = fs::read_dir(process.join("fd")) else { return false };
    files.filter_map(Result::ok).filter_map(|file| fs::read_link(file.path()).ok()).any(|target| {
        target.to_str().is_some_and(|target| sockets.iter().any(|socket| socket == target))
    })
}
