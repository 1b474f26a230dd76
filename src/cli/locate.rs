//! The servers of a run: those of its settings, or the embedded stack, joined or started.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::context::Located;
use crate::embedded::directory::{Directory, Entry, Slot};
use crate::embedded::{Stack, StackOptions};
use crate::error::Failure;
use crate::settings::Settings;

/// The name of the stack that commands join by themselves.
pub const DEFAULT: &str = "default";
/// The name that stands for a stack of the run's own.
pub const OWN: &str = "own";

/// Finds the servers for `settings` when a client asks first.
///
/// In the profile `embedded`: the stack that `--stack` names, which must run; else `default` if it
/// runs; else, and with `--stack own`, one that lives as long as the run, which a line on stderr says.
pub fn locate(settings: &Settings) -> Result<Located, Failure> {
    if !settings.endpoints.embedded {
        return Ok(Located { endpoints: settings.endpoints.clone(), keep: Vec::new() });
    }
    let directory = Directory::open();
    match (directory, settings.stack.as_deref()) {
        (directory, Some(OWN)) => own(directory.ok().as_ref()),
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
    Located { endpoints: entry.endpoints(), keep: Vec::new() }
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
    let note = "started an embedded stack for this run; \"kafkaefd up\" keeps one for other shells";
    // A closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{note}");
    let place: Place = Arc::new(Mutex::new(slot));
    PLACES.lock().unwrap_or_else(PoisonError::into_inner).push(place.clone());
    Ok(Located { endpoints, keep: vec![Box::new(Listed(place)), Box::new(stack)] })
}

fn own_name() -> String {
    static STARTED: AtomicU32 = AtomicU32::new(0);
    let pid = std::process::id();
    match STARTED.fetch_add(1, Ordering::Relaxed) {
        0 => format!("run-{pid}"),
        earlier => format!("run-{pid}-{}", earlier + 1),
    }
}

/// A place in the list that either the end of the run or the end of the process gives up.
type Place = Arc<Mutex<Option<Slot>>>;

/// Leaves the list; dropped before the servers stop.
struct Listed(Place);

impl Drop for Listed {
    fn drop(&mut self) {
        give_up(&self.0);
    }
}

/// The places of own stacks of this process.
static PLACES: Mutex<Vec<Place>> = Mutex::new(Vec::new());

/// Takes the own stacks of this process off the list: threads that outlive a run (signals,
/// clients) keep it and its stack until the process ends, which drops nothing.
pub fn leave() {
    let mut places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    places.drain(..).for_each(|place| give_up(&place));
}

fn give_up(place: &Place) {
    place.lock().unwrap_or_else(PoisonError::into_inner).take();
}
