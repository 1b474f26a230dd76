//! When a pipeline ends by itself.

use rdkafka::consumer::BaseConsumer;

use super::ahead::Ahead;
use super::guard::Guard;
use super::ledger::{Ledger, Shared};
use crate::clients::kafka::Record;
use crate::context::Context;
use crate::stream::{Options, StreamError};

/// The two ways to end: after a number of records, and where the topics ended at the start.
pub struct End {
    max: Option<u64>,
    /// None where the pipeline runs until it is stopped.
    ahead: Option<Ahead>,
}

impl End {
    /// Looks up where `topics` end now, if that is where to end.
    pub fn start(
        context: &Context,
        consumer: &BaseConsumer<Guard>,
        topics: &[String],
        options: &Options,
    ) -> Result<End, StreamError> {
        let ahead = options.until_end.then(|| Ahead::start(context, consumer, topics, options));
        Ok(End { max: options.max, ahead: ahead.transpose()? })
    }

    /// Whether `record`, read in the assignment `epoch`, lies behind the end, and so belongs to a
    /// later run.
    pub fn excludes(&mut self, record: &Record, epoch: u64) -> bool {
        let place = (record.topic().clone(), record.partition());
        self.ahead.as_mut().is_some_and(|ahead| ahead.excludes(place, record.offset(), epoch))
    }

    /// `record`, read in the assignment `epoch`, was dealt with.
    pub fn pass(&mut self, record: &Record, epoch: u64) {
        if let Some(ahead) = &mut self.ahead {
            ahead.pass((record.topic().clone(), record.partition()), record.offset(), epoch);
        }
    }

    /// The consumer read a partition of this number to its end.
    pub fn eof(&mut self, partition: i32, consumer: &BaseConsumer<Guard>, ledger: &Shared) {
        self.ahead.iter_mut().for_each(|ahead| ahead.eof(partition, consumer, ledger));
    }

    /// Nothing waits to be read or worked on.
    pub fn idle(&mut self, consumer: &BaseConsumer<Guard>, ledger: &Shared) {
        self.ahead.iter_mut().for_each(|ahead| ahead.idle(consumer, ledger));
    }

    /// Whether to end now, after `consumed` records.
    pub fn reached(&mut self, consumed: u64, ledger: &Ledger) -> bool {
        self.max.is_some_and(|max| consumed >= max)
            || self.ahead.as_mut().is_some_and(|ahead| ahead.reached(ledger))
    }
}
