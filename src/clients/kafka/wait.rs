//! Waiting for Kafka: in slices, so that a stop, a deadline and a hopeless connection end it.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::error::{KafkaError as Raw, KafkaResult};
use rdkafka::types::RDKafkaErrorCode as Code;
use tokio_util::sync::CancellationToken;

use super::codes;
use super::error::KafkaError;
use super::reporter::Reporter;
use super::sys::Refusal;
use crate::context::Context;

/// The longest that one blocking call may keep a script from noticing that it was stopped.
pub const SLICE: Duration = Duration::from_millis(50);

/// One wait with its deadline. `attempt` is what errors say was tried.
pub struct Wait<'a> {
    attempt: &'a str,
    timeout: Duration,
    since: Instant,
    cancel: CancellationToken,
    reporter: &'a Reporter,
}

impl<'a> Wait<'a> {
    /// A wait of at most `timeout` from now on.
    pub fn new(
        context: &Context,
        attempt: &'a str,
        timeout: Duration,
        reporter: &'a Reporter,
    ) -> Wait<'a> {
        Wait { attempt, timeout, since: Instant::now(), cancel: context.cancel(), reporter }
    }

    /// Whether to go on waiting; the error says why not.
    pub fn check(&self) -> Result<(), KafkaError> {
        let attempt = self.attempt;
        if self.cancel.is_cancelled() {
            return Err(KafkaError::Stopped { attempt: attempt.to_owned() });
        }
        if let Some(error) = self.reporter.hopeless(attempt) {
            return Err(error);
        }
        if self.since.elapsed() >= self.timeout {
            return Err(self.timed_out());
        }
        Ok(())
    }

    /// How much of the time is left.
    pub fn remaining(&self) -> Duration {
        self.timeout.saturating_sub(self.since.elapsed())
    }

    /// Awaits `call`, which blocks inside librdkafka and cannot be stopped there: it runs on a
    /// thread of its own, and is left to it when the wait ends first. `idle` is called now and
    /// then meanwhile, and before an error is put in words.
    pub fn blocking<T: Send + 'static>(
        &self,
        idle: impl Fn(),
        call: impl FnOnce() -> KafkaResult<T> + Send + 'static,
    ) -> Result<T, KafkaError> {
        let (reply, answer) = mpsc::channel();
        thread::Builder::new()
            .name("kafka call".into())
            .spawn(move || reply.send(call()))
            .map_err(|error| KafkaError::Client {
                attempt: self.attempt.to_owned(),
                reason: error.to_string(),
            })?;
        loop {
            match answer.recv_timeout(SLICE) {
                Ok(Ok(value)) => {
                    self.reporter.well();
                    return Ok(value);
                }
                Ok(Err(error)) => {
                    idle();
                    return Err(self.explain(&error));
                }
                Err(RecvTimeoutError::Timeout) => {
                    idle();
                    self.check()?;
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.timed_out()),
            }
        }
    }

    /// The error of a wait that took too long: why there is no connection, where that is known.
    pub fn timed_out(&self) -> KafkaError {
        self.reporter.trouble(self.attempt).unwrap_or_else(|| KafkaError::TimedOut {
            attempt: self.attempt.to_owned(),
            timeout: self.timeout,
        })
    }

    /// librdkafka's error in our words.
    pub fn explain(&self, error: &Raw) -> KafkaError {
        let code = match error {
            Raw::AdminOp(code) => Some(*code),
            other => other.rdkafka_error_code(),
        };
        match code {
            Some(code) => self.refusal(Refusal { code, text: None }),
            None => KafkaError::Client {
                attempt: self.attempt.to_owned(),
                reason: codes::lower_first(&error.to_string()),
            },
        }
    }

    /// A refusal in our words.
    pub fn refusal(&self, refusal: Refusal) -> KafkaError {
        match refusal.code {
            Code::OperationTimedOut
            | Code::BrokerTransportFailure
            | Code::AllBrokersDown
            | Code::LeaderNotAvailable => self.timed_out(),
            _ => declined(self.attempt, refusal),
        }
    }
}

/// The error of `attempt` that a refusal stands for.
pub fn declined(attempt: &str, refusal: Refusal) -> KafkaError {
    let reason = codes::reason(refusal.code, refusal.text.as_deref());
    KafkaError::Refused { attempt: attempt.to_owned(), code: refusal.code, reason }
}

/// The error of `attempt` that `code` stands for.
pub fn refused(attempt: &str, code: Code) -> KafkaError {
    KafkaError::Refused { attempt: attempt.to_owned(), code, reason: codes::words(code) }
}
