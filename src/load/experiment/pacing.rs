//! The loop that sends each record when it is due.

use std::thread;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::Feed;
use super::acks::{Acks, Ticket};
use super::ledger::Ledger;
use super::stamp::Stamp;
use crate::clients::kafka::{Code, Parts, Sender, refused};
use crate::error::Failure;
use crate::load::LoadError;
use crate::load::pacer::Pacer;
use crate::serve::health::Pulse;

/// So many records share a look at the clock, at most.
const BATCH: usize = 16;
/// The shortest rest: waking up costs more than a few records, which may as well go together.
const LEAST: Duration = Duration::from_micros(200);
/// The longest rest, so that a stop is noticed.
const MOST: Duration = Duration::from_millis(50);

/// A feed, and the place of its topic.
pub struct Line {
    /// What is sent.
    pub feed: Feed,
    /// The place of its topic.
    pub topic: usize,
    /// The id of its schema.
    pub schema: u32,
}

/// Sends what is due.
pub struct Pacing<'a> {
    /// What is sent, in the order of the pacer.
    pub lines: Vec<Line>,
    /// When it is.
    pub pacer: Pacer,
    /// The next number of each topic.
    pub numbers: Vec<u64>,
    /// The headers.
    pub stamp: Stamp,
    /// Where it is sent.
    pub sender: &'a mut Sender<Acks>,
    /// What becomes of it.
    pub acks: &'a Acks,
    /// What was sent.
    pub ledger: Ledger,
    /// So many records are enough.
    pub max: u64,
    /// When making up for what is late ends.
    pub deadline: Option<Instant>,
    /// Ends it at once.
    pub stop: &'a CancellationToken,
    /// Tells that it goes on.
    pub pulse: &'a Pulse,
    /// Where values are made.
    pub value: Vec<u8>,
}

impl Pacing<'_> {
    /// Sends until nothing will be due any more, or one of the ends is reached.
    pub fn run(&mut self) -> Result<(), LoadError> {
        let mut now = Instant::now();
        while let Some(wait) = self.pacer.wait(now)
            && !self.is_over(now)
        {
            self.pulse.beat();
            if wait.is_zero() {
                now = self.batch(now)?;
            } else {
                thread::sleep(wait.clamp(LEAST, MOST));
                now = Instant::now();
            }
        }
        Ok(())
    }

    fn is_over(&self, now: Instant) -> bool {
        self.ledger.sent() >= self.max
            || self.deadline.is_some_and(|deadline| now >= deadline)
            || self.stop.is_cancelled()
    }

    /// Sends some of what is due by `now`, and returns when that was done.
    fn batch(&mut self, now: Instant) -> Result<Instant, LoadError> {
        for _ in 0..BATCH {
            if self.ledger.sent() >= self.max {
                break;
            }
            let Some((line, due)) = self.pacer.due(now) else { break };
            self.hand_over(line, due)?;
        }
        Ok(self.ledger.settle())
    }

    fn hand_over(&mut self, line: usize, due: Duration) -> Result<(), LoadError> {
        let Some(Line { feed, topic, schema }) = self.lines.get(line) else { return Ok(()) };
        let Some(number) = self.numbers.get_mut(*topic) else { return Ok(()) };
        let due_us = self.ledger.micros(due);
        self.value.clear();
        feed.content.write(due_us, *schema, &mut self.value)?;
        self.stamp.turn(*number, due_us);
        let record = Parts {
            key: feed.key.as_deref(),
            value: &self.value,
            headers: &self.stamp.headers(),
            timestamp: due_us.div_euclid(1_000),
        };
        let due_at = self.ledger.start() + due;
        let mut ticket = Box::new(Ticket { topic: *topic, number: *number, due: due_at });
        while let Err((code, back)) = self.sender.send(*topic, &record, ticket) {
            match code {
                Code::QueueFull => {}
                Code::Fatal => {
                    let attempt = format!("produce to topic `{}`", feed.topic);
                    return Err(Failure::from(refused(&attempt, code)).into());
                }
                code => {
                    self.acks.refused(*topic, code);
                    break;
                }
            }
            // What was sent before was not late because of this one.
            let now = self.ledger.settle();
            if self.stop.is_cancelled() || self.deadline.is_some_and(|deadline| now >= deadline) {
                return Ok(());
            }
            self.sender.wait();
            self.pulse.beat();
            ticket = back;
        }
        *number += 1;
        self.ledger.sent_one(due, record.size());
        Ok(())
    }
}
