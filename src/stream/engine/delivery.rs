//! How a pipeline delivers: at least once or exactly once. A [`Promise`] is the one seam between them.
//!
//! The engine reads, works, counts what is done in the ledger and drains; a promise says how client
//! and producer are configured, when workers may send, and how what is done gets committed. All
//! methods but [`Promise::permit`] are called by the reading thread, one at a time.

mod at_least_once;
mod exactly_once;
mod redo;

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::BaseConsumer;
use rdkafka::{ClientConfig, TopicPartitionList};
use tokio_util::sync::CancellationToken;

use self::at_least_once::AtLeastOnce;
use self::exactly_once::ExactlyOnce;
use super::ledger::desk::Shared;
use super::reader::member::Member;
use super::sink::Sink;
use super::transaction::Inside;
use crate::stream::{Delivery, Options, StreamError};

/// While a worker holds it, what the worker sends and finishes belongs together: no commit comes
/// between.
pub type Permit<'a> = Option<Inside<'a>>;

/// The pipeline is over: nobody may send any more.
pub struct Dismissed;

/// What a turn of a promise did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing that others must know.
    On,
    /// What was done so far is committed and will not be taken back.
    Committed,
    /// What was done since the last commit was taken back, and is being read again.
    Rewound,
    /// What was to be taken back is committed all the same; what is behind it is being read again.
    Recovered,
    /// What was not delivered is being read again; what was counts.
    Repeated,
}

/// One promise, in force for one pipeline.
pub trait Promise: Send + Sync {
    /// Adds what the consumer must be told.
    fn consumer(&self, config: &mut ClientConfig);

    /// Adds what the producer must be told.
    fn producer(&self, config: &mut ClientConfig);

    /// The producer was made; nothing was read yet.
    fn start(&self, sink: &Arc<Sink>, stop: &CancellationToken) -> Result<(), StreamError>;

    /// Waits until a worker may send what it made of one input and enter that as finished.
    fn permit(&self) -> Result<Permit<'_>, Dismissed>;

    /// Nobody gets a permit any more, and who waits for one waits no longer.
    fn dismiss(&self) {}

    /// Whether [`Promise::permit`] would make a worker wait.
    fn closed(&self) -> bool {
        false
    }

    /// Whether [`Promise::turn`] deals with records that could not be delivered; else they end the
    /// run.
    fn heals(&self) -> bool {
        false
    }

    /// One turn of the reading loop: commits where it is time to.
    fn turn(&self, consumer: &BaseConsumer<Member>, desk: &Shared) -> Result<Turn, StreamError>;

    /// `which` partitions go in good order, where no record was started on any more: finishes what
    /// was, as far as time allows, and commits what is done. With none, all of them were drained.
    fn release(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        which: Option<&TopicPartitionList>,
    ) -> Result<(), StreamError>;

    /// `which` partitions belong to another member already: nothing of them may be committed.
    fn abandon(&self, consumer: &BaseConsumer<Member>, desk: &Shared, which: &TopicPartitionList);

    /// The run is over and was drained as far as time allowed: what must be committed before it may
    /// count as good is committed within `limit`.
    fn finish(
        &self,
        _consumer: &BaseConsumer<Member>,
        _desk: &Shared,
        _limit: Duration,
    ) -> Result<Turn, StreamError> {
        Ok(Turn::On)
    }
}

/// The promise that `options` ask for, for the `task` of several equal ones.
pub fn of(options: &Options, task: usize) -> Result<Arc<dyn Promise>, StreamError> {
    Ok(match options.delivery {
        Delivery::AtLeastOnce => Arc::new(AtLeastOnce::new(options)),
        Delivery::ExactlyOnce => Arc::new(ExactlyOnce::new(options, task)?),
    })
}
