//! Each record exactly once: what is made of inputs and the offsets of these are committed in one
//! transaction, or taken back together.
//!
//! The reading thread goes round a circle of phases: while a transaction is open workers send into
//! it; when it is large or old enough nobody may begin an input any more, what was begun is finished
//! and acknowledged, and a thread of its own commits, so that reading goes on meanwhile. After an
//! error that a transaction survives not, all is read and made again from the last commit on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::consumer::BaseConsumer;
use rdkafka::{ClientConfig, TopicPartitionList};
use tokio_util::sync::CancellationToken;

use super::{Dismissed, Permit, Promise, Turn};
use crate::error::{Failure, Kind};
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::reader::member::Member;
use crate::stream::engine::sink::Sink;
use crate::stream::engine::transaction::{Around, Cycle, Door, TransactionError, Transactions};
use crate::stream::{Options, StreamError};

/// How long the loop waits in one turn for a transaction that is ending.
const TURN: Duration = Duration::from_millis(10);
/// The same where nothing else can be done meanwhile.
const WAIT: Duration = Duration::from_millis(50);
/// How long a revocation waits for the commit; the group waits with it.
const REVOKE: Duration = Duration::from_secs(10);
/// How long the broker may take to give the transactional id to this producer: as long as it takes
/// to abort what the one before left open.
const START: Duration = Duration::from_secs(30);

/// The promise of [`crate::stream::Delivery::ExactlyOnce`].
pub struct ExactlyOnce {
    transactions: Transactions,
    group: String,
    id: String,
    /// Whether there are dead letters.
    letters: bool,
    door: Door,
    cycle: Mutex<Option<Cycle>>,
}

impl ExactlyOnce {
    pub fn new(options: &Options, task: usize) -> Result<ExactlyOnce, StreamError> {
        if !options.acks {
            let why = "`acks` is false, and a transaction needs every acknowledgement";
            return Err(TransactionError::Options(why.to_owned()).into());
        }
        Ok(ExactlyOnce {
            id: options.transactions.id(&options.group, task),
            transactions: options.transactions.clone(),
            group: options.group.clone(),
            letters: options.dead_letters.is_some(),
            door: Door::default(),
            cycle: Mutex::new(None),
        })
    }

    fn cycle(&self) -> MutexGuard<'_, Option<Cycle>> {
        self.cycle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn around<'a>(&'a self, consumer: &'a BaseConsumer<Member>, desk: &'a Shared) -> Around<'a> {
        Around { consumer, desk, door: &self.door }
    }
}

impl Promise for ExactlyOnce {
    fn consumer(&self, config: &mut ClientConfig) {
        config.set("enable.auto.commit", "false").set("isolation.level", "read_committed");
    }

    fn producer(&self, config: &mut ClientConfig) {
        let ms = |time: Duration| time.as_millis().to_string();
        config
            .set("transactional.id", &self.id)
            .set("transaction.timeout.ms", ms(self.transactions.timeout))
            .set("message.timeout.ms", ms(self.transactions.message_timeout()))
            .set("enable.idempotence", "true")
            .set("acks", "all");
    }

    fn start(&self, sink: &Arc<Sink>, stop: &CancellationToken) -> Result<(), StreamError> {
        let names = (self.group.clone(), self.id.clone());
        let sent = (sink.outlet(), self.letters);
        let mut cycle = Cycle::start(names, self.transactions.clone(), sent)?;
        let since = Instant::now();
        while !cycle.begun(WAIT)? {
            if stop.is_cancelled() {
                cycle.give_up();
                return Err(Failure::new(Kind::Cancelled, "the pipeline was stopped").into());
            }
            if since.elapsed() >= START {
                return Err(cycle.late("take over the transactional id"));
            }
        }
        *self.cycle() = Some(cycle);
        Ok(())
    }

    fn permit(&self) -> Result<Permit<'_>, Dismissed> {
        self.door.enter().map(Some).ok_or(Dismissed)
    }

    fn dismiss(&self) {
        self.door.dismiss();
    }

    fn heals(&self) -> bool {
        true
    }

    fn closed(&self) -> bool {
        self.door.is_closed()
    }

    fn turn(&self, consumer: &BaseConsumer<Member>, desk: &Shared) -> Result<Turn, StreamError> {
        let mut cycle = self.cycle();
        let Some(cycle) = cycle.as_mut() else { return Ok(Turn::On) };
        let told = cycle.told();
        if told != Turn::On {
            return Ok(told);
        }
        if cycle.is_open() && self.door.is_closed() {
            // Only now: what the turn before said was heard before anybody goes on.
            self.door.open(desk.lock().commits);
        }
        cycle.close_where_due(&self.door);
        cycle.step(self.around(consumer, desk), TURN)
    }

    /// Commits everything, not only `which`: it is one transaction. Nobody sends until the next turn.
    fn release(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        _which: Option<&TopicPartitionList>,
    ) -> Result<(), StreamError> {
        let mut cycle = self.cycle();
        let Some(cycle) = cycle.as_mut() else { return Ok(()) };
        let around = self.around(consumer, desk);
        let until = Instant::now() + REVOKE;
        cycle.close(&self.door);
        while cycle.is_ending() {
            if Instant::now() >= until {
                cycle.break_off(around);
                break;
            }
            let turn = cycle.step(around, WAIT)?;
            cycle.tell(turn);
        }
        Ok(())
    }

    fn abandon(&self, consumer: &BaseConsumer<Member>, desk: &Shared, _: &TopicPartitionList) {
        if let Some(cycle) = self.cycle().as_mut() {
            cycle.abandon(self.around(consumer, desk));
        }
    }

    fn finish(
        &self,
        consumer: &BaseConsumer<Member>,
        desk: &Shared,
        limit: Duration,
    ) -> Result<Turn, StreamError> {
        let mut cycle = self.cycle();
        let Some(cycle) = cycle.as_mut() else { return Ok(Turn::On) };
        let around = self.around(consumer, desk);
        let since = Instant::now();
        cycle.close(&self.door);
        while !cycle.is_open() && !cycle.has_failed() {
            if since.elapsed() >= limit {
                return Err(cycle.late("commit the last transaction"));
            }
            let turn = cycle.step(around, WAIT)?;
            cycle.tell(turn);
        }
        Ok(cycle.told())
    }
}
