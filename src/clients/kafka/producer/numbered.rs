//! Sending records that have numbers, so that a failure can name its record.

use std::time::Duration;

use rdkafka::types::RDKafkaErrorCode as Code;

use super::tally::Tally;
use super::{Message, Producer};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::admin::{Admin, pick};
use crate::clients::kafka::wait::{Wait, refused};
use crate::context::Context;
use crate::error::Failure;

/// How long the cluster may take to say which topics there are.
const PATIENCE: Duration = Duration::from_secs(10);

/// The bit that tells the ticket of a numbered record from one that is awaited.
const NUMBERED: usize = 1 << (usize::BITS - 1);

/// The number in `ticket`, if it has one.
pub fn number(ticket: usize) -> Option<u64> {
    (ticket & NUMBERED != 0).then_some((ticket & !NUMBERED) as u64)
}

impl Producer {
    /// Whether `topic` exists: brokers may make a topic of any name that a record is sent to, also
    /// of a misspelt one.
    pub fn expect(&self, context: &Context, topic: &str) -> Result<(), Failure> {
        let attempt = format!("produce to topic `{topic}`");
        let all = Admin::of(context)?.topics_for(context, (&attempt, PATIENCE))?;
        pick(&all, topic, &attempt)?;
        Ok(())
    }

    /// Starts to count numbered records anew; with `keep` each place is kept.
    pub fn count(&self, keep: bool) {
        *self.deliveries().tally() = Tally { keep, ..Tally::default() };
    }

    /// Queues `message` for `topic` under `number` and returns at once; waits only while the queue
    /// is full. What becomes of it is told by [`Producer::settle`].
    pub fn send_numbered(
        &self,
        context: &Context,
        topic: &str,
        message: &Message,
        number: u64,
    ) -> Result<(), Failure> {
        self.queue(context, topic, message, NUMBERED | number as usize)
    }

    /// How many numbered records are known not to be delivered.
    pub fn failed(&self) -> u64 {
        self.deliveries().tally().failed
    }

    /// Waits until every queued record is delivered or known not to be, and tells what became of
    /// the numbered ones.
    pub fn settle(&self, context: &Context) -> Result<Tally, Failure> {
        self.flush(context, None)?;
        Ok(std::mem::take(&mut *self.deliveries().tally()))
    }

    /// Why a record was not delivered: `code` in words, or what is wrong with the connection.
    pub fn reason(&self, context: &Context, attempt: &str, code: Code) -> KafkaError {
        if code != Code::MessageTimedOut {
            return refused(attempt, code);
        }
        Wait::new(context, attempt, self.timeout(), self.deliveries().reporter()).timed_out()
    }
}
