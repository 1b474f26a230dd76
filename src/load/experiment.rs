//! Experiments: what is sent to which topics and when, and what became of it.

mod acks;
mod content;
mod feed;
mod ledger;
mod options;
mod pacing;
mod producing;
mod schemas;
mod stamp;

pub use content::Content;
pub use feed::Feed;
pub use options::{Options, Slice};
pub use stamp::{PRODUCER, SENT, SEQUENCE};

use self::producing::Producing;
use super::{LoadError, Outcome};
use crate::context::Context;

/// What is to be sent; nothing happens before [`Experiment::run`].
#[derive(Clone, Default)]
pub struct Experiment {
    /// How it runs.
    pub options: Options,
    /// What it sends.
    pub feeds: Vec<Feed>,
}

impl Experiment {
    /// Runs it until its end or the run `context` is cancelled; then what was sent is awaited.
    ///
    /// Errors: nothing to send, a rate that is none, a topic that does not exist, a value that
    /// cannot be made, no connection. Records that are lost are counted, and are no error.
    pub fn run(&self, context: &Context) -> Result<Outcome, LoadError> {
        if self.feeds.is_empty() {
            return Err(LoadError::Experiment("it sends nothing".to_owned()));
        }
        let stop = context.cancel().child_token();
        let producing = Producing::open(context, self)?;
        let mut outcome = producing.run(&stop)?;
        outcome.settle();
        Ok(outcome)
    }
}
