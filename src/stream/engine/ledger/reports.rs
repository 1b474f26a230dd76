//! What was sent: which of it arrived, and what did not.

use std::time::Instant;

use rdkafka::TopicPartitionList;

use super::Ledger;
use super::ticket::Ticket;
use super::undelivered::Lost;

impl Ledger {
    /// A record that was sent is acknowledged; or it is lost: then the input stays open, and its
    /// offset is not committed. Returns when the input was read, where that is known still.
    pub fn report(&mut self, ticket: Ticket, lost: Option<&Lost<'_>>) -> Option<Instant> {
        self.unreported -= 1;
        match (lost, ticket.dead_letter()) {
            (None, true) => self.counts.dead_letters += 1,
            (None, false) => self.counts.produced += 1,
            (Some(_), _) => {}
        }
        // Of a partition that somebody else has now: that member makes it again.
        let found = self.entries.get_mut(&ticket.lane()).and_then(|entry| {
            let number = ticket.number(entry.tracker.first());
            let (since, offset) = entry.tracker.input(number).map(|i| (i.since, i.offset))?;
            Some((entry, number, since, offset))
        });
        if let Some(lost) = lost {
            self.undelivered.enter(lost, found.map(|(entry, .., offset)| entry.lane.place(offset)));
            return None;
        }
        let (entry, number, since, _) = found?;
        let free = entry.tracker.acknowledge(number);
        entry.bytes -= free;
        self.bytes -= free;
        Some(since)
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
