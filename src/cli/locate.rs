//! The servers of a run: those of its settings, or the embedded stack, joined or started.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::context::Located;
use crate::embedded::directory::{Directory, Entry, Slot};
use crate::embedded::{Stack, StackOptions};
use crate::error::Failure;
use crate::settings::Settings;

/// The name of the stack that commands join by themselves.
pub const DEFAULT: &str = "default";

/// Finds the servers for `settings` when a client asks first.
///
/// In the profile `embedded`: the stack that `--stack` names, which must run; else `default` if it
/// runs; else an own one that lives as long as the run, which a line on stderr says.
pub fn locate(settings: &Settings) -> Result<Located, Failure> {
    if !settings.endpoints.embedded {
        return Ok(Located { endpoints: settings.endpoints.clone(), keep: None });
    }
    let directory = Directory::open();
    match (directory, settings.stack.as_deref()) {
        (Ok(directory), Some(name)) => Ok(joined(&directory.join(name)?)),
        (Err(error), Some(_)) => Err(error.into()),
        (Ok(directory), None) => match directory.find(DEFAULT)? {
            Some(entry) => Ok(joined(&entry)),
            None => own(Some(&directory)),
        },
        // An own stack needs no list: a folder that cannot be written must not stop a run.
        (Err(_), None) => own(None),
    }
}

fn joined(entry: &Entry) -> Located {
    Located { endpoints: entry.endpoints(), keep: None }
}

/// Starts a stack on free ports. It takes a name of its own, so that it neither holds `default`
/// nor is joined by a command that means the lasting one.
fn own(directory: Option<&Directory>) -> Result<Located, Failure> {
    let stack = Stack::start(&StackOptions::default())?;
    let endpoints = stack.endpoints();
    let slot = directory.and_then(|directory| {
        let mut slot = directory.reserve(&own_name()).ok()?;
        slot.publish(&endpoints).ok()?;
        Some(slot)
    });
    let note = "started an embedded broker and registry for this run; \
                \"kafkaefd up\" keeps one for other shells";
    // A closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{note}");
    Ok(Located { endpoints, keep: Some(Box::new(Own { _slot: slot, _stack: stack })) })
}

fn own_name() -> String {
    static STARTED: AtomicU32 = AtomicU32::new(0);
    let pid = std::process::id();
    match STARTED.fetch_add(1, Ordering::Relaxed) {
        0 => format!("run-{pid}"),
        earlier => format!("run-{pid}-{}", earlier + 1),
    }
}

/// Leaves the list before the servers stop.
struct Own {
    _slot: Option<Slot>,
    _stack: Stack,
}
