//! Ctrl-C and SIGTERM: the first stops the run, the second the process.

use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::context::Context;
use crate::error::{Failure, Kind};

/// What a pod leaves between SIGTERM and SIGKILL, less a reserve.
const GRACE: Duration = Duration::from_secs(50);

static RECEIVED: AtomicI32 = AtomicI32::new(0);

/// Cancels `context` at the first signal; the second ends the process.
pub fn watch(context: &Context) -> Result<(), Failure> {
    let context = context.clone();
    listen(move |signal| {
        if RECEIVED.swap(signal, Ordering::SeqCst) != 0 {
            std::process::exit(forced(signal));
        }
        context.cancel().cancel();
        if signal == SIGTERM {
            thread::spawn(|| {
                thread::sleep(GRACE);
                std::process::exit(forced(SIGTERM));
            });
        }
    })
}

/// Cancels the call of `context` that runs at each Ctrl-C; SIGTERM ends the process.
pub fn watch_calls(context: &Context) -> Result<(), Failure> {
    let context = context.clone();
    listen(move |signal| {
        context.cancel().cancel();
        if signal == SIGTERM {
            std::process::exit(forced(signal));
        }
    })
}

fn listen(act: impl Fn(i32) + Send + 'static) -> Result<(), Failure> {
    let mut signals = Signals::new([SIGINT, SIGTERM])
        .map_err(|e| Failure::new(Kind::Failed, format!("cannot watch for signals: {e}")))?;
    thread::spawn(move || signals.forever().for_each(act));
    Ok(())
}

/// The exit code of a run that a signal ended before it was done; none without a signal.
pub fn exit_code() -> Option<u8> {
    match RECEIVED.load(Ordering::SeqCst) {
        SIGINT => Some(130),
        SIGTERM => Some(143),
        _ => None,
    }
}

fn forced(signal: i32) -> i32 {
    128 + signal
}
