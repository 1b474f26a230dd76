//! What differs between the promises that a pipeline may give: the one seam between them.
//!
//! The engine reads, works, counts what is done in the ledger and drains; a promise says how client
//! and producer are configured, when workers may send, and how what is done gets committed. All
//! methods but [`Promise::permit`] are called by the reading thread, one at a time.

use std::sync::{Arc, RwLockReadGuard};

use rdkafka::consumer::BaseConsumer;
use rdkafka::{ClientConfig, TopicPartitionList};

use super::at_least_once::AtLeastOnce;
use super::guard::Guard;
use super::ledger::Shared;
use super::sink::Sink;
use crate::stream::{Delivery, Options, StreamError};

/// While a worker holds it, what the worker sends and finishes belongs together: no commit comes
/// between.
pub type Permit<'a> = Option<RwLockReadGuard<'a, ()>>;

/// One promise, in force for one pipeline.
pub trait Promise: Send + Sync {
    /// Adds what the consumer must be told.
    fn consumer(&self, config: &mut ClientConfig);

    /// Adds what the producer must be told.
    fn producer(&self, config: &mut ClientConfig);

    /// The producer was made; nothing was read yet.
    fn start(&self, sink: &Arc<Sink>) -> Result<(), StreamError>;

    /// Waits until a worker may send what it made of one input and enter that as finished.
    fn permit(&self) -> Permit<'_>;

    /// One turn of the reading loop: commits where it is time to.
    fn turn(&self, consumer: &BaseConsumer<Guard>, ledger: &Shared) -> Result<(), StreamError>;

    /// `which` partitions, or all, go in good order, and were drained as far as time allowed:
    /// commits what is done of them.
    fn release(
        &self,
        consumer: &BaseConsumer<Guard>,
        ledger: &Shared,
        which: Option<&TopicPartitionList>,
    ) -> Result<(), StreamError>;

    /// `which` partitions belong to another member already: nothing of them may be committed.
    fn abandon(&self, consumer: &BaseConsumer<Guard>, ledger: &Shared, which: &TopicPartitionList);
}

/// The promise that `options` ask for.
pub fn of(options: &Options) -> Arc<dyn Promise> {
    match options.delivery {
        Delivery::AtLeastOnce => Arc::new(AtLeastOnce::new(options)),
    }
}
