//! What a pipeline asks before it reads: asked again where a broker says that it will know later.

use std::thread;
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::error::{Explain, Kind};
use crate::stream::StreamError;

/// How long a broker is asked again; a coordinator that moves takes seconds.
const LONGEST: Duration = Duration::from_secs(60);
/// The pause between two questions; the longest for which a stop is not heard.
const PAUSE: Duration = Duration::from_millis(250);

/// The answer to `ask`, which is asked again while the answer is an error that may pass.
///
/// Silence is not asked again: whoever asked has waited for its time already.
pub fn patiently<T>(
    context: &Context,
    mut ask: impl FnMut() -> Result<T, StreamError>,
) -> Result<T, StreamError> {
    let since = Instant::now();
    loop {
        let error = match ask() {
            Err(error) if may_pass(&error) => error,
            answer => return answer,
        };
        if since.elapsed() >= LONGEST || context.cancel().is_cancelled() {
            return Err(error);
        }
        tracing::warn!("{error}; trying again");
        thread::sleep(PAUSE);
    }
}

fn may_pass(error: &StreamError) -> bool {
    error.retriable() && !matches!(error.kind(), Kind::Unreachable | Kind::Timeout)
}
