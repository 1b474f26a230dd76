//! How a run is stopped, and how what waits hears of it.

use std::sync::PoisonError;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Context;
use crate::error::{Failure, Kind};

impl Context {
    /// The token of the call that runs now; cancelled by Ctrl-C, SIGTERM or a limit.
    pub fn cancel(&self) -> CancellationToken {
        let run = || self.inner.cancel.read().unwrap_or_else(PoisonError::into_inner).clone();
        self.stop.clone().unwrap_or_else(run)
    }

    /// The same run, whose calls are stopped by `stop`: a part of it that may end before the rest.
    #[must_use]
    pub fn until(&self, stop: &CancellationToken) -> Context {
        Context { inner: self.inner.clone(), stop: Some(stop.clone()) }
    }

    /// A fresh token for the next call of a session whose last call was stopped.
    pub fn renew(&self) {
        *self.inner.cancel.write().unwrap_or_else(PoisonError::into_inner) =
            CancellationToken::new();
    }

    /// Waits for `future` at most `timeout`; `what` names the attempt in the error
    /// ("list topics of 127.0.0.1:9092"). Cancelling the run ends the wait at once.
    pub fn wait<T>(
        &self,
        what: &str,
        timeout: Duration,
        future: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let cancel = self.cancel();
        self.runtime()?.block_on(async {
            tokio::select! {
                biased;
                () = cancel.cancelled() => Err(Failure::new(Kind::Cancelled, format!("cannot {what}: stopped"))),
                value = future => Ok(value),
                () = tokio::time::sleep(timeout) => Err(Failure {
                    retriable: true,
                    ..Failure::new(Kind::Timeout, format!("cannot {what}: no answer within {timeout:?}"))
                }),
            }
        })
    }
}
