//! What was sent: which of it arrived, and what did not.

use std::time::Instant;

use rdkafka::TopicPartitionList;
use rdkafka::error::KafkaError;

use super::Ledger;
use super::ticket::Ticket;
use crate::stream::StreamError;

/// A record that could not be delivered.
pub struct Undelivered {
    /// The input it was made from.
    pub input: String,
    /// The topic it was for.
    pub target: String,
    pub error: KafkaError,
}

impl Ledger {
    /// A record that was sent is acknowledged; or will never be, because of an error, with the name
    /// of its topic: then the input stays open and its offset is never committed. Returns when the
    /// input was read, where that is known still.
    pub fn report(&mut self, ticket: Ticket, why: Option<(&KafkaError, &str)>) -> Option<Instant> {
        self.unreported -= 1;
        match (why, ticket.dead_letter()) {
            (None, true) => self.counts.dead_letters += 1,
            (None, false) => self.counts.produced += 1,
            (Some(_), _) => {}
        }
        // Of a partition that somebody else has now: that member makes it again.
        let entry = self.entries.get_mut(&ticket.lane())?;
        let number = ticket.number(entry.tracker.first());
        let input = entry.tracker.input(number)?;
        let since = input.since;
        if let Some((error, target)) = why {
            let input = entry.lane.at(input.offset);
            let (target, error) = (target.to_owned(), error.clone());
            self.undelivered.get_or_insert(Undelivered { input, target, error });
            return None;
        }
        let free = entry.tracker.acknowledge(number);
        entry.bytes -= free;
        self.bytes -= free;
        Some(since)
    }

    /// Why the pipeline must end, if a record could not be delivered.
    pub fn failure(&self) -> Option<StreamError> {
        let Undelivered { input, target, error } = self.undelivered.as_ref()?;
        let attempt = format!("deliver what was made of {input} to topic `{target}`");
        Some(StreamError::refused(&attempt, error))
    }

    /// Whether everything that was sent is reported on, be it good or bad.
    pub fn all_reported(&self) -> bool {
        self.unreported <= 0
    }

    /// Whether every input that was begun in `which` partitions, or anywhere, is done. More may be
    /// queued.
    pub fn drained(&self, which: Option<&TopicPartitionList>) -> bool {
        let Some(partitions) = which else { return self.busy == 0 && self.all_reported() };
        partitions.elements().iter().all(|element| {
            let entry = self.entry(element.topic(), element.partition());
            entry.is_none_or(|entry| entry.tracker.idle())
        })
    }

    /// Whether every input that was read of `which` partitions is done: they are drained, and nothing
    /// is queued, there or elsewhere.
    pub fn caught_up(&self, which: &TopicPartitionList) -> bool {
        self.drained(Some(which)) && self.queued == 0
    }
}
