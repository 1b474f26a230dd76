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
/// A broker that only takes its time is waited for as long as it takes, as everywhere else in a
/// pipeline; one that cannot be reached is not.
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
        let late = since.elapsed() >= LONGEST && error.kind() != Kind::Timeout;
        if late || context.cancel().is_cancelled() {
            return Err(error);
        }
        tracing::warn!("{error}; trying again");
        thread::sleep(PAUSE);
    }
}

fn may_pass(error: &StreamError) -> bool {
    error.retriable() && error.kind() != Kind::Unreachable
}
