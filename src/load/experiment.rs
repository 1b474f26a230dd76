//! Experiments: what is sent to which topics and when, and what became of it.

mod acks;
mod consuming;
mod content;
mod feed;
mod intake;
mod ledger;
mod options;
mod pacing;
mod producing;
mod schemas;
mod stamp;

pub use content::Content;
pub use feed::Feed;
pub use intake::Intake;
pub use options::{Options, Slice};
pub use stamp::{PRODUCER, SENT, SEQUENCE};

use std::thread;

use tokio_util::sync::CancellationToken;

use self::consuming::{Consuming, Running};
use self::producing::Producing;
use super::threshold::Threshold;
use super::{LoadError, Outcome};
use crate::context::Context;
use crate::error::{Failure, Kind};

/// What is to be sent and read; nothing happens before [`Experiment::run`].
#[derive(Clone, Default)]
pub struct Experiment {
    /// How it runs.
    pub options: Options,
    /// What it sends.
    pub feeds: Vec<Feed>,
    /// What it reads. A topic belongs to one of them.
    pub intakes: Vec<Intake>,
    /// What it must keep to.
    pub thresholds: Vec<Threshold>,
}

impl Experiment {
    /// Runs it until its end or the run `context` is cancelled; then what was sent is awaited.
    /// Nothing is sent before all readers stand in their partitions.
    ///
    /// Errors: nothing to do, a rate that is none, a topic that does not exist, a value that cannot
    /// be made, no connection. Records that are lost are counted, and are no error.
    pub fn run(&self, context: &Context) -> Result<Outcome, LoadError> {
        if self.feeds.is_empty() && self.intakes.is_empty() {
            return Err(LoadError::Experiment("it neither sends nor reads".to_owned()));
        }
        let stop = context.cancel().child_token();
        let mut outcome = if self.feeds.is_empty() {
            read(self.readers(context)?, &stop)?
        } else {
            let producing = Producing::open(context, self)?;
            both(producing, self.readers(context)?, &stop)?
        };
        outcome.name.clone_from(&self.options.name);
        outcome.thresholds.clone_from(&self.thresholds);
        outcome.settle();
        Ok(outcome)
    }

    /// The readers, once all of them stand in their partitions.
    fn readers(&self, context: &Context) -> Result<Vec<Consuming>, LoadError> {
        let Options { name, metrics, duration, max, .. } = &self.options;
        let alone = self.feeds.is_empty();
        let open = |intake: &Intake| {
            let mut intake = intake.clone();
            if alone {
                intake.duration = intake.duration.or(*duration);
                intake.max = intake.max.or(*max);
            }
            Consuming::open(context, &intake, (name, metrics.as_deref()))
        };
        // Groups take seconds to assign partitions: all of them do it at once.
        thread::scope(|scope| {
            let open = &open;
            let opening: Vec<_> =
                self.intakes.iter().map(|intake| scope.spawn(move || open(intake))).collect();
            let broke_off = |_| Failure::new(Kind::Failed, "a reader of the experiment broke off");
            let opened = opening.into_iter().map(|one| one.join().map_err(broke_off)?);
            let readers = opened.collect::<Result<Vec<_>, Failure>>()?;
            if !readers.is_empty() {
                tracing::info!("{} readers stand in their partitions", readers.len());
            }
            Ok(readers)
        })
    }
}

/// Sends, and reads what is sent.
fn both(
    producing: Producing,
    readers: Vec<Consuming>,
    stop: &CancellationToken,
) -> Result<Outcome, LoadError> {
    let own = producing.identity().to_owned();
    let start = |reader: Consuming| reader.start(Some(&own), &CancellationToken::new(), stop);
    let readers = readers.into_iter().map(start).collect::<Result<Vec<Running>, _>>()?;
    let mut outcome = producing.run(stop)?;
    // How long it took is how long it was sending: readers began before, and end later.
    let (started, ended) = (outcome.started, outcome.ended);
    let sent = outcome.sequences.clone();
    for reader in readers {
        outcome.absorb(reader.finish(sent.clone())?);
    }
    (outcome.started, outcome.ended) = (started, ended);
    Ok(outcome)
}

/// Reads until the readers come to their ends.
fn read(readers: Vec<Consuming>, stop: &CancellationToken) -> Result<Outcome, LoadError> {
    let start = |reader: Consuming| reader.start(None, stop, stop);
    let readers = readers.into_iter().map(start).collect::<Result<Vec<Running>, _>>()?;
    let mut sum: Option<Outcome> = None;
    for reader in readers {
        let outcome = reader.join()?;
        match &mut sum {
            Some(sum) => sum.absorb(outcome),
            None => sum = Some(outcome),
        }
    }
    Ok(sum.unwrap_or_default())
}
