//! What a pipeline asks before it reads: asked again where a broker says that it will know later, and
//! given up at once where the pipeline is stopped.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};

use crate::clients::kafka;
use crate::context::Context;
use crate::error::{Explain, Kind};
use crate::stream::StreamError;

/// How long a broker is asked again, and how long a coordinator may take for its answer: one that
/// moves takes seconds, one that reads its log again many.
pub const LONGEST: Duration = Duration::from_secs(60);
/// The pause between two questions.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest for which a stop is not heard.
const SLICE: Duration = Duration::from_millis(50);

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
        if since.elapsed() >= LONGEST {
            return Err(error);
        }
        tracing::warn!("{error}; trying again");
        rest(context)?;
    }
}

/// The answer to `question`, which blocks inside librdkafka: it is asked on a thread of its own, and
/// left to it where the pipeline is stopped meanwhile, or `look`, called now and then, finds that no
/// good answer will come.
pub fn blocking<T: Send + 'static>(
    context: &Context,
    attempt: &str,
    look: impl Fn() -> Result<(), StreamError>,
    question: impl FnOnce() -> KafkaResult<T> + Send + 'static,
) -> Result<T, StreamError> {
    let (reply, answer) = mpsc::channel();
    let broken = KafkaError::Global(RDKafkaErrorCode::CriticalSystemResource);
    thread::Builder::new()
        .name("kafka question".into())
        .spawn(move || reply.send(question()))
        .map_err(|_| StreamError::refused(attempt, &broken))?;
    loop {
        match answer.recv_timeout(SLICE) {
            Ok(answer) => return answer.map_err(|error| StreamError::refused(attempt, &error)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(StreamError::refused(attempt, &broken));
            }
            Err(RecvTimeoutError::Timeout) => {
                go_on(context, attempt)?;
                look()?;
            }
        }
    }
}

/// Waits a little before the next question.
fn rest(context: &Context) -> Result<(), StreamError> {
    let until = Instant::now() + PAUSE;
    while Instant::now() < until {
        go_on(context, "start the pipeline")?;
        thread::sleep(SLICE);
    }
    Ok(())
}

/// An error where the pipeline is stopped.
fn go_on(context: &Context, attempt: &str) -> Result<(), StreamError> {
    if context.cancel().is_cancelled() {
        return Err(kafka::KafkaError::Stopped { attempt: attempt.to_owned() }.into());
    }
    Ok(())
}

fn may_pass(error: &StreamError) -> bool {
    error.retriable() && !matches!(error.kind(), Kind::Unreachable | Kind::Timeout)
}
