//! Asking the coordinators of groups, which may be moving in just now.

use std::time::{Duration, Instant};

use rdkafka::types::RDKafkaErrorCode as Code;

use crate::clients::kafka::KafkaError;
use crate::clients::kafka::admin::Admin;
use crate::clients::kafka::sys::Request;
use crate::context::Context;
use crate::error::Failure;

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(50);

impl Admin {
    /// The answers to `requests`, in their order, all awaited at once. What a coordinator cannot
    /// answer yet is asked again, for at most `timeout`.
    pub(super) fn ask_coordinators<R: Request + Clone>(
        &self,
        context: &Context,
        requests: &[R],
        (attempt, timeout): (&str, Duration),
    ) -> Result<Vec<Result<R::Answer, KafkaError>>, Failure> {
        let since = Instant::now();
        let mut answers: Vec<_> = requests.iter().map(|_| None).collect();
        let mut open: Vec<usize> = (0..requests.len()).collect();
        while !open.is_empty() {
            let asked: Vec<R> =
                open.iter().filter_map(|index| requests.get(*index).cloned()).collect();
            let left = timeout.saturating_sub(since.elapsed());
            let found = self.probe()?.request(context, (attempt, left), &asked)?;
            let again = since.elapsed() + PAUSE < timeout;
            let mut later = Vec::new();
            for (index, answer) in open.into_iter().zip(found) {
                match answer {
                    Err(KafkaError::Refused { code, .. }) if again && moving(code) => {
                        later.push(index);
                    }
                    answer => {
                        if let Some(slot) = answers.get_mut(index) {
                            *slot = Some(answer);
                        }
                    }
                }
            }
            open = later;
            if !open.is_empty() {
                pause(context, attempt)?;
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// The answer to `request`, as [`Admin::ask_coordinators`] finds it.
    pub(super) fn ask_coordinator<R: Request + Clone>(
        &self,
        context: &Context,
        request: R,
        (attempt, timeout): (&str, Duration),
    ) -> Result<R::Answer, Failure> {
        let mut answers = self.ask_coordinators(context, &[request], (attempt, timeout))?;
        let none = KafkaError::TimedOut { attempt: attempt.to_owned(), timeout };
        Ok(answers.pop().unwrap_or(Err(none))?)
    }
}

/// Whether `code` says that a group's coordinator is about to answer, here or elsewhere.
fn moving(code: Code) -> bool {
    matches!(
        code,
        Code::CoordinatorLoadInProgress | Code::CoordinatorNotAvailable | Code::NotCoordinator
    )
}

/// Waits a moment, unless the run is stopped.
fn pause(context: &Context, attempt: &str) -> Result<(), Failure> {
    context.wait(attempt, PAUSE * 2, async { tokio::time::sleep(PAUSE).await })
}
