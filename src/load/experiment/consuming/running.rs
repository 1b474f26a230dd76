//! The thread that reads.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use tokio_util::sync::CancellationToken;

use super::Consuming;
use crate::error::{Failure, Kind};
use crate::load::Outcome;
use crate::load::sequence::Sequences;

/// A consuming side that reads on a thread of its own; it ends when this is dropped.
pub struct Running {
    thread: Option<JoinHandle<Result<Outcome, Failure>>>,
    sent: Sender<Sequences>,
    stop: CancellationToken,
}

impl Consuming {
    /// Starts to read until `stop`. `own` is the identity of the producer of this process, if it
    /// has one. A failure cancels `failed`, so that nobody sends what is not read.
    pub fn start(
        mut self,
        own: Option<&str>,
        stop: &CancellationToken,
        failed: &CancellationToken,
    ) -> Result<Running, Failure> {
        self.own = own.map(str::to_owned);
        let (stop, failed) = (stop.child_token(), failed.clone());
        let (sent, told) = mpsc::channel();
        let stopped = stop.clone();
        let thread = thread::Builder::new().name("experiment reader".into()).spawn(move || {
            let outcome = self.run(&stopped, &told);
            if outcome.is_err() {
                failed.cancel();
            }
            outcome
        });
        let thread = thread.map_err(|error| {
            Failure::new(Kind::Failed, format!("cannot start a reader: {error}"))
        })?;
        Ok(Running { thread: Some(thread), sent, stop })
    }
}

impl Running {
    /// Waits for what was `sent` to arrive, at most for the grace without a record, and returns
    /// what was measured.
    pub fn finish(self, sent: Sequences) -> Result<Outcome, Failure> {
        // A reader that has come to its own end need not know.
        let _ = self.sent.send(sent);
        self.join()
    }

    /// Waits for its own end, and returns what was measured.
    pub fn join(mut self) -> Result<Outcome, Failure> {
        let broke_off = || Failure::new(Kind::Failed, "a reader of the experiment broke off");
        let thread = self.thread.take().ok_or_else(broke_off)?;
        thread.join().map_err(|_| broke_off())?
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
        // Its consumer says goodbye to the group before the run goes on.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}
