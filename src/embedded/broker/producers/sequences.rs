//! The sequence numbers of the producers of one partition.
//!
//! The rules are those of KIP-98 with KIP-360: the last five batches of a producer are remembered
//! in each partition.

use std::collections::{BTreeMap, VecDeque};

use kafka_protocol::ResponseError;

use super::Identity;
use crate::embedded::broker::log::Header;

/// How many batches of a producer a partition remembers: as many as a client keeps in flight.
const REMEMBERED: usize = 5;
/// So many producers at a time come before those are looked for that are idle.
const MANY: usize = 1000;
/// How long an idle producer is remembered: Kafka's `producer.id.expiration.ms`.
const IDLE_MS: i64 = 86_400_000;

/// What to do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Append it.
    New,
    /// Nothing: it stands at this offset already.
    Known(i64),
}

/// A producer as `DescribeProducers` tells of it (KIP-664).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Active {
    /// Who it is.
    pub identity: Identity,
    /// The number of its last record, or -1.
    pub last_sequence: i32,
    /// The highest timestamp of its last batch, or the time at which its transaction ended.
    pub last_timestamp: i64,
    /// Whether a transaction of it has ended here.
    pub marked: bool,
}

/// The producers of one partition.
#[derive(Debug, Default)]
pub struct Sequences(BTreeMap<i64, Producer>);

#[derive(Debug)]
struct Producer {
    epoch: i16,
    batches: VecDeque<Sent>,
    timestamp: i64,
    marked: bool,
}

#[derive(Debug, Clone, Copy)]
struct Sent {
    first: i32,
    last: i32,
    base: i64,
}

impl Sequences {
    /// Judges a batch.
    pub fn judge(&self, header: &Header) -> Result<Verdict, ResponseError> {
        if header.producer_id < 0 {
            return Ok(Verdict::New);
        }
        if header.producer_epoch < 0 || header.base_sequence < 0 {
            return Err(ResponseError::InvalidRecord);
        }
        match self.0.get(&header.producer_id) {
            Some(producer) => producer.judge(header.producer_epoch, Sent::of(header, -1)),
            // Of a producer without books the first batch comes first. Kafka asks that of producers
            // that bump their epochs (KIP-890) and takes any batch of others, also one behind a
            // batch that it refused, which the client then believes to be written.
            None if header.base_sequence == 0 => Ok(Verdict::New),
            None => Err(ResponseError::OutOfOrderSequenceNumber),
        }
    }

    /// Makes room for a producer that may be new `now`, milliseconds since 1970 UTC: once in a while,
    /// those that have been idle for a day are forgotten, unless they are `busy` with a transaction.
    pub fn make_room(&mut self, producer: i64, now: i64, busy: impl Fn(i64) -> bool) {
        let full = !self.0.is_empty() && self.0.len().is_multiple_of(MANY);
        if full && !self.0.contains_key(&producer) {
            let idle = |known: &Producer| now.saturating_sub(known.timestamp) >= IDLE_MS;
            self.0.retain(|id, known| busy(*id) || !idle(known));
        }
    }

    /// Remembers a new batch at the offset `base`.
    pub fn remember(&mut self, header: &Header, base: i64) {
        if header.producer_id >= 0 {
            let producer = self.live(header.producer(), header.max_timestamp);
            if producer.batches.len() == REMEMBERED {
                producer.batches.pop_front();
            }
            producer.batches.push_back(Sent::of(header, base));
        }
    }

    /// Remembers that a transaction of `producer` ended at `time`; its earlier lives are over.
    pub fn mark(&mut self, producer: Identity, time: i64) {
        self.live(producer, time).marked = true;
    }

    /// All producers, by id.
    pub fn all(&self) -> impl Iterator<Item = Active> + '_ {
        self.0.iter().map(|(&id, producer)| Active {
            identity: Identity { id, epoch: producer.epoch },
            last_sequence: producer.batches.back().map_or(-1, |sent| sent.last),
            last_timestamp: producer.timestamp,
            marked: producer.marked,
        })
    }

    /// The books of `producer`; those of an earlier epoch are closed.
    fn live(&mut self, producer: Identity, timestamp: i64) -> &mut Producer {
        let Identity { id, epoch } = producer;
        let new = || Producer { epoch, batches: VecDeque::new(), timestamp, marked: false };
        let known = self.0.entry(id).or_insert_with(new);
        if epoch > known.epoch {
            known.epoch = epoch;
            known.batches.clear();
        }
        known.timestamp = timestamp;
        known
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
}

impl Sent {
    fn of(header: &Header, base: i64) -> Sent {
        let first = header.base_sequence;
        Sent { first, last: after(first, header.last_delta), base }
    }
}

/// The sequence number `steps` after `sequence`; after the highest comes 0.
fn after(sequence: i32, steps: i32) -> i32 {
    (i64::from(sequence) + i64::from(steps)).rem_euclid(1 << 31) as i32
}
