//! Each record at least once: offsets are committed some time after what they stand for is done.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::{ClientConfig, TopicPartitionList};
use tokio_util::sync::CancellationToken;

use super::redo::Redo;
use super::{Dismissed, Permit, Promise, Turn};
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::reader::member::{Member, commit};
use crate::stream::engine::sink::Sink;
use crate::stream::{Options, StreamError};

/// How often offsets are stored for the next automatic commit.
const STORE_EVERY: Duration = Duration::from_millis(200);

/// How long one turn waits for what is to be done again.
const TURN: Duration = Duration::from_millis(10);

/// How long a revocation waits for what is in flight; the group waits with it.
const REVOKE_DRAIN: Duration = Duration::from_secs(10);

/// The default promise.
pub struct AtLeastOnce {
    group: String,
    acks: bool,
    /// Whether there are dead letters.
    letters: bool,
    stored: Mutex<Instant>,
    redo: Mutex<Option<Redo>>,
    /// Whether something is being done again.
    again: AtomicBool,
}

impl AtLeastOnce {
    pub fn new(options: &Options) -> AtLeastOnce {
        let stored = Mutex::new(Instant::now());
        AtLeastOnce {
            group: options.group.clone(),
            acks: options.acks,
            letters: options.dead_letters.is_some(),
            stored,
            redo: Mutex::default(),
            again: AtomicBool::new(false),
        }
    }

    /// One step of doing again what was not delivered, if anything was not.
    fn again(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        let mut redo = self.redo.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(redo) = redo.as_mut() else { return Ok(Turn::On) };
        let turn = redo.step(consumer, desk, wait);
        self.again.store(!redo.well(), Ordering::Relaxed);
        turn
    }
}

impl Promise for AtLeastOnce {
    fn consumer(&self, config: &mut ClientConfig) {
        config.set("enable.auto.commit", "true").set("auto.commit.interval.ms", "1000");
    }

    fn producer(&self, config: &mut ClientConfig) {
        // 16 MiB in flight take more than four minutes over a line of 64 kB a second: the usual two
        // would end runs whose line is only slow.
        config.set("message.timeout.ms", "600000");
        if self.acks {
            config.set("enable.idempotence", "true").set("acks", "all");
        } else {
            config.set("acks", "0");
        }
    }

    fn start(&self, sink: &Arc<Sink>, _: &CancellationToken) -> Result<(), StreamError> {
        let mut redo = self.redo.lock().unwrap_or_else(PoisonError::into_inner);
        *redo = Some(Redo::new(sink.outlet(), self.letters));
        Ok(())
    }

    fn permit(&self) -> Result<Permit<'_>, Dismissed> {
        Ok(None)
    }

    fn closed(&self) -> bool {
        self.again.load(Ordering::Relaxed)
    }

    /// Stores what is done; librdkafka commits what is stored once a second.
    fn turn(&self, consumer: &BaseConsumer<Member>, desk: &Shared) -> Result<Turn, StreamError> {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        if stored.elapsed() >= STORE_EVERY {
            *stored = Instant::now();
            // `store_offsets` takes the next offset, unlike `store_offset`. It refuses partitions
            // that were just revoked; their offsets were committed by the revocation.
            if let Err(error) = consumer.store_offsets(&desk.lock().next_offsets(None)) {
                tracing::debug!(%error, "offsets were not stored");
            }
        }
        drop(stored);
        self.again(consumer, desk, TURN)
    }

    fn release(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        which: Option<&TopicPartitionList>,
    ) -> Result<(), StreamError> {
        if which.is_some() && !desk.drain(which, REVOKE_DRAIN) {
            tracing::warn!(
                group = self.group,
                "partitions go while records are in flight: some will be delivered twice"
            );
        }
        let offsets = desk.lock().next_offsets(which);
        let attempt = || format!("commit the offsets of group `{}`", self.group);
        commit(consumer, &offsets).map_err(|error| StreamError::refused(&attempt(), &error))
    }

    fn abandon(&self, _: &BaseConsumer<Member>, _: &Shared, _: &TopicPartitionList) {}

    /// Nothing may count as good that was not delivered.
    fn finish(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        limit: Duration,
    ) -> Result<Turn, StreamError> {
        let since = Instant::now();
        loop {
            let turn = self.again(consumer, desk, TURN)?;
            if turn != Turn::On || !self.closed() || since.elapsed() >= limit {
                return Ok(turn);
            }
        }
    }
}
