//! Pipelines that run on threads of their own while their owner does something else.

use std::thread::{self, JoinHandle};

use tokio_util::sync::CancellationToken;

use super::error::StreamError;
use super::pipeline::{Pipeline, panicked, run_until};
use super::summary::Summary;
use crate::context::Context;

/// Pipelines in the background; dropping it stops them in good order.
pub struct Running {
    stop: CancellationToken,
    thread: Option<JoinHandle<Result<Vec<Summary>, StreamError>>>,
}

impl Running {
    /// Starts `pipelines` side by side, until they end, the run is cancelled or [`Running::stop`].
    pub fn start(context: &Context, pipelines: Vec<Pipeline<'static>>) -> Running {
        let stop = context.cancel().child_token();
        let (context, token) = (context.clone(), stop.clone());
        let thread = thread::spawn(move || run_until(&context, pipelines, &token));
        Running { stop, thread: Some(thread) }
    }

    /// Finishes and commits what is in flight; returns the summaries in the order of the start.
    ///
    /// A second call returns none. An error is the first that ended a pipeline, whenever that was.
    pub fn stop(&mut self) -> Result<Vec<Summary>, StreamError> {
        self.stop.cancel();
        match self.thread.take() {
            Some(thread) => thread.join().unwrap_or_else(|_| Err(panicked())),
            None => Ok(Vec::new()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::error!("a pipeline in the background failed: {error}");
        }
    }
}
