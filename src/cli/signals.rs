//! Ctrl-C and SIGTERM: the first stops the run, the second the process.

use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::context::Context;
use crate::error::{Failure, Kind};

/// What a pod has between SIGTERM and SIGKILL, less a reserve.
const GRACE: Duration = Duration::from_secs(50);

/// The signal that came first; 0 for none.
static RECEIVED: AtomicI32 = AtomicI32::new(0);

/// The run that a signal stops.
static CURRENT: Mutex<Option<Context>> = Mutex::new(None);

/// Listens from now on. A signal that comes before there is a run stops it as soon as there is.
pub fn expect() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        if let Err(failure) = listen(receive) {
            // Signals end the process then, as they do by default.
            tracing::warn!("{failure}");
        }
    });
}

/// Makes `context` the run that the first signal cancels, also if that came already.
pub fn watch(context: &Context) {
    expect();
    let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    *current = Some(context.clone());
    if received().is_some() {
        context.cancel().cancel();
    }
}

/// Cancels the call of `context` that runs at each Ctrl-C; SIGTERM ends the process.
pub fn watch_calls(context: &Context) -> Result<(), Failure> {
    let context = context.clone();
    listen(move |signal| {
        context.cancel().cancel();
        if signal == SIGTERM {
            std::process::exit(exit_code(signal).into());
        }
    })
}

/// No run is left to be stopped: its servers may go.
pub fn forget() {
    CURRENT.lock().unwrap_or_else(PoisonError::into_inner).take();
}

/// The signal that ended the run, if one came.
pub fn received() -> Option<i32> {
    Some(RECEIVED.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
}

/// The exit code of a process that `signal` ended before its work was done.
pub fn exit_code(signal: i32) -> u8 {
    if signal == SIGTERM { 143 } else { 130 }
}

fn listen(act: impl Fn(i32) + Send + 'static) -> Result<(), Failure> {
    let mut signals = Signals::new([SIGINT, SIGTERM])
        .map_err(|e| Failure::new(Kind::Failed, format!("cannot watch for signals: {e}")))?;
    thread::spawn(move || signals.forever().for_each(act));
    Ok(())
}

fn receive(signal: i32) {
    if RECEIVED.swap(signal, Ordering::SeqCst) != 0 {
        std::process::exit(exit_code(signal).into());
    }
    let current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(context) = current.as_ref() {
        context.cancel().cancel();
    }
    if signal == SIGTERM {
        thread::spawn(|| {
            thread::sleep(GRACE);
            std::process::exit(exit_code(SIGTERM).into());
        });
    }
}
