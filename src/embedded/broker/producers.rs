//! Idempotent producers: their ids, and the sequence numbers that show a batch sent twice.
//!
//! The rules are those of KIP-98 with KIP-360: the last five batches of a producer are remembered
//! in each partition.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};

use kafka_protocol::ResponseError;

use super::log::Header;

/// How many batches of a producer a partition remembers: as many as a client keeps in flight.
const REMEMBERED: usize = 5;

/// The answer to a producer that asks for transactions: librdkafka takes it for final, where it
/// would try again after `INVALID_REQUEST` until its own time is up.
pub const NO_TRANSACTIONS: ResponseError = ResponseError::TransactionalIdAuthorizationFailed;

/// Gives each producer its id.
#[derive(Debug)]
pub struct ProducerIds(AtomicI64);

impl Default for ProducerIds {
    fn default() -> Self {
        ProducerIds(AtomicI64::new(1000))
    }
}

impl ProducerIds {
    /// An id that no producer has.
    pub fn next(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// What to do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Append it.
    New,
    /// Nothing: it stands at this offset already.
    Known(i64),
}

/// The producers of one partition.
#[derive(Debug, Default)]
pub struct Sequences(HashMap<i64, Producer>);

#[derive(Debug)]
struct Producer {
    epoch: i16,
    batches: VecDeque<Sent>,
}

#[derive(Debug, Clone, Copy)]
struct Sent {
    first: i32,
    last: i32,
    base: i64,
}

impl Sequences {
    /// Judges a batch that would get the offset `base`, and remembers it if it is new.
    pub fn admit(&mut self, header: &Header, base: i64) -> Result<Verdict, ResponseError> {
        if header.producer_id < 0 {
            return Ok(Verdict::New);
        }
        if header.producer_epoch < 0 || header.base_sequence < 0 {
            return Err(ResponseError::InvalidRecord);
        }
        let first = header.base_sequence;
        let sent = Sent { first, last: after(first, header.last_delta), base };
        let epoch = header.producer_epoch;
        let Some(producer) = self.0.get_mut(&header.producer_id) else {
            let batches = VecDeque::from([sent]);
            self.0.insert(header.producer_id, Producer { epoch, batches });
            return Ok(Verdict::New);
        };
        let verdict = producer.judge(epoch, sent)?;
        if verdict == Verdict::New {
            producer.remember(epoch, sent);
        }
        Ok(verdict)
    }
}

impl Producer {
    fn judge(&self, epoch: i16, sent: Sent) -> Result<Verdict, ResponseError> {
        if epoch < self.epoch {
            return Err(ResponseError::InvalidProducerEpoch);
        }
        if epoch > self.epoch {
            let fresh = sent.first == 0;
            return if fresh {
                Ok(Verdict::New)
            } else {
                Err(ResponseError::OutOfOrderSequenceNumber)
            };
        }
        let same = |known: &&Sent| known.first == sent.first && known.last == sent.last;
        if let Some(known) = self.batches.iter().find(same) {
            return Ok(Verdict::Known(known.base));
        }
        let last = self.batches.back().map_or(-1, |sent| sent.last);
        let oldest = self.batches.front().map_or(0, |sent| sent.first);
        if sent.first == after(last, 1) {
            Ok(Verdict::New)
        } else if sent.last < oldest {
            Err(ResponseError::DuplicateSequenceNumber)
        } else {
            Err(ResponseError::OutOfOrderSequenceNumber)
        }
    }

    fn remember(&mut self, epoch: i16, sent: Sent) {
        if epoch > self.epoch {
            self.epoch = epoch;
            self.batches.clear();
        }
        if self.batches.len() == REMEMBERED {
            self.batches.pop_front();
        }
        self.batches.push_back(sent);
    }
}

/// The sequence number `steps` after `sequence`; after the highest comes 0.
fn after(sequence: i32, steps: i32) -> i32 {
    (i64::from(sequence) + i64::from(steps)).rem_euclid(1 << 31) as i32
}
