//! What the brokers said of the records of an experiment.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use prometheus::Counter;

use crate::clients::kafka::{self, Code, Reports};
use crate::load::Outcome;
use crate::load::outcome::{Histogram, Span, names};
use crate::load::sequence::Ranges;

/// What a record is known by.
#[derive(Debug, Clone, Copy)]
pub struct Ticket {
    /// The place of its topic.
    pub topic: usize,
    /// Its number in the topic.
    pub number: u64,
    /// When it was due.
    pub due: Instant,
}

/// What the brokers said so far. Clones are the same one.
#[derive(Clone)]
pub struct Acks(Arc<Shared>);

struct Shared {
    found: Mutex<Found>,
    counter: Option<Counter>,
}

#[derive(Default)]
struct Found {
    acknowledged: u64,
    failed: u64,
    reasons: Vec<Reason>,
    latency: Histogram,
    topics: Vec<Topic>,
}

/// Why records were lost.
struct Reason {
    code: Code,
    /// The place of the first topic.
    topic: usize,
    records: u64,
}

/// What the brokers have of one topic.
#[derive(Default, Clone)]
struct Topic {
    numbers: Ranges,
    partitions: BTreeMap<i32, Span>,
}

impl Acks {
    /// For so many topics; `counter` counts what is acknowledged.
    pub fn new(topics: usize, counter: Option<Counter>) -> Acks {
        let found = Found { topics: vec![Topic::default(); topics], ..Found::default() };
        Acks(Arc::new(Shared { found: Mutex::new(found), counter }))
    }

    /// A record of the topic at this place could not be handed over.
    pub fn refused(&self, topic: usize, code: Code) {
        self.lock().fail(topic, code);
    }

    /// Enters into `outcome` what `producer` was told about `topics`.
    pub fn tell(&self, outcome: &mut Outcome, topics: &[String], producer: &str) {
        let found = std::mem::take(&mut *self.lock());
        outcome.counts.acknowledged += found.acknowledged;
        outcome.counts.failed += found.failed;
        outcome.histogram(names::ACKNOWLEDGED).add(&found.latency);
        for Reason { code, topic, records } in found.reasons {
            let topic = topics.get(topic).map_or("", String::as_str);
            outcome.failures.insert(format!("topic `{topic}`: {}", kafka::words(code)), records);
        }
        for (name, topic) in topics.iter().zip(found.topics) {
            outcome.sequences.sent_all(name, producer, &topic.numbers);
            if !topic.partitions.is_empty() {
                outcome.offsets.sent.insert(name.clone(), topic.partitions);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Found> {
        self.0.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reports for Acks {
    type Ticket = Ticket;

    fn delivered(&self, ticket: Ticket, (partition, offset): (i32, i64)) {
        let latency = ticket.due.elapsed();
        if let Some(counter) = &self.0.counter {
            counter.inc();
        }
        let mut found = self.lock();
        found.acknowledged += 1;
        found.latency.record(latency);
        let Some(topic) = found.topics.get_mut(ticket.topic) else { return };
        topic.numbers.insert(ticket.number);
        // Without acknowledgements nobody tells the offset.
        if offset >= 0 {
            let span = Span { first: offset, next: offset + 1 };
            let known = topic.partitions.entry(partition).or_insert(span);
            known.first = known.first.min(offset);
            known.next = known.next.max(offset + 1);
        }
    }

    fn lost(&self, ticket: Ticket, code: Code) {
        self.lock().fail(ticket.topic, code);
    }
}

impl Found {
    fn fail(&mut self, topic: usize, code: Code) {
        self.failed += 1;
        match self.reasons.iter_mut().find(|reason| reason.code == code) {
            Some(reason) => reason.records += 1,
            None => self.reasons.push(Reason { code, topic, records: 1 }),
        }
    }
}
