//! When a pipeline ends by itself.

use rdkafka::consumer::BaseConsumer;

use super::ahead::Ahead;
use super::member::Member;
use super::questions::Questions;
use crate::clients::kafka::Topic;
use crate::context::Context;
use crate::stream::engine::ledger::Ledger;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::ledger::lane::Lane;
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
        questions: &Questions,
        topics: &[Topic],
        options: &Options,
    ) -> Result<End, StreamError> {
        let ahead = options.until_end.then(|| Ahead::start(context, questions, topics, options));
        Ok(End { max: options.max, ahead: ahead.transpose()? })
    }

    /// Whether the end is reached before anything is read: nobody need join the group for that.
    pub fn is_here(&self) -> bool {
        self.max == Some(0) || self.ahead.as_ref().is_some_and(Ahead::is_empty)
    }

    /// The record at `offset` was read; false where it lies behind the end, and so belongs to a
    /// later run.
    pub fn keeps(&mut self, lane: &Lane, offset: i64) -> bool {
        self.ahead.as_mut().is_none_or(|ahead| ahead.keeps(lane, offset))
    }

    /// How many more records may be handed to workers; records that they drop may be read again.
    pub fn left(&self, ledger: &Ledger) -> usize {
        let begun = ledger.counts.consumed + ledger.queued as u64;
        self.max.map_or(usize::MAX, |max| max.saturating_sub(begun) as usize)
    }

    /// The consumer read a partition of this number to its end.
    pub fn eof(&mut self, partition: i32, consumer: &BaseConsumer<Member>, desk: &Shared) {
        self.ahead.iter_mut().for_each(|ahead| ahead.eof(partition, consumer, desk));
    }

    /// Everything that was read is worked on.
    pub fn idle(&mut self, consumer: &BaseConsumer<Member>, desk: &Shared) {
        self.ahead.iter_mut().for_each(|ahead| ahead.idle(consumer, desk));
    }

    /// Whether to end now; `all` says whether everything that was read is with the workers.
    pub fn reached(&mut self, ledger: &Ledger, all: bool) -> bool {
        self.max.is_some_and(|max| ledger.counts.consumed >= max)
            || all && self.ahead.as_mut().is_some_and(|ahead| ahead.reached(ledger))
    }
}
