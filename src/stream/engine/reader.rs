//! The reader: polls the consumer without a pause, and hands what it reads to the workers.

mod ahead;
pub mod consumer;
mod gate;
mod intake;
pub mod member;
pub mod questions;
pub mod rewound;
pub mod topics;
pub mod until;

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use rdkafka::consumer::BaseConsumer;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use self::gate::Gate;
use self::intake::Intake;
use self::member::Member;
use self::until::End;
use super::close;
use super::common::Common;
use super::delivery::Turn;
use super::ledger::batch::Batch;
use super::metrics::gauges::Gauges;
use crate::error::{Explain, Kind};
use crate::serve::health::Pulse;
use crate::stream::StreamError;

/// How long a poll waits for a record.
const POLL: Duration = Duration::from_millis(100);
/// The same while a transaction is being ended, which must be looked after.
const SHORT: Duration = Duration::from_millis(1);
/// How many records, and bytes, go to the workers in one turn: enough to make the turn cheap.
const RECORDS: usize = 512;
const BYTES: usize = 256 << 10;

/// The one thread that may touch the consumer.
pub struct Reader<'run> {
    pub common: &'run Common,
    pub consumer: BaseConsumer<Member>,
    pub end: End,
    pub pulse: Pulse,
    gauges: Option<Gauges>,
    gate: Gate,
    intake: Intake,
    workers: Vec<Sender<Batch>>,
}

impl<'run> Reader<'run> {
    pub fn new(
        common: &'run Common,
        (consumer, end): (BaseConsumer<Member>, End),
        (pulse, gauges): (Pulse, Option<Gauges>),
        workers: Vec<Sender<Batch>>,
    ) -> Reader<'run> {
        let gate = Gate::new(common.options.in_flight_bytes);
        let intake = Intake::new(common.desk.clone());
        Reader { common, consumer, end, pulse, gauges, gate, intake, workers }
    }

    /// Reads until the run is stopped, the end is reached, or something makes it impossible.
    pub fn read(&mut self) -> Result<(), StreamError> {
        while !self.common.stop.is_cancelled() {
            self.pulse.beat();
            let turn = self.common.promise.turn(&self.consumer, &self.common.desk)?;
            self.turned(turn);
            self.check()?;
            let (reached, most) = {
                let ledger = self.common.desk.lock();
                let most = self.end.left(&ledger);
                self.gate.measure(&ledger, most == 0);
                self.pulse.ready(ledger.epoch > 0);
                // While something is taken back the consumer has not gone back yet.
                let reached = !self.common.promise.closed()
                    && self.end.reached(&ledger, self.intake.is_empty());
                (reached, most)
            };
            if reached && self.wind_up()? {
                break;
            }
            self.gate.apply(&self.consumer, &self.common.desk);
            if let Some(gauges) = &mut self.gauges {
                gauges.turn(&self.consumer, &self.common.desk, self.gate.paused());
            }
            let patience = if self.common.promise.closed() { SHORT } else { POLL };
            if self.gate.closed() {
                self.wait(patience)?;
            } else {
                self.dispatch(most);
                // What was handed over just now takes room, too.
                let bytes = self.gate.left(&self.common.desk.lock());
                self.poll(patience, RECORDS.min(most), BYTES.min(bytes))?;
            }
        }
        Ok(())
    }

    /// Finishes what is in flight and commits what must be; false where that was taken back instead.
    pub fn wind_up(&mut self) -> Result<bool, StreamError> {
        let since = Instant::now();
        let common = self.common;
        let drained = close::drain(common);
        let limit = close::limit(&common.options, since);
        let turn = common.promise.finish(&self.consumer, &common.desk, limit);
        drained?;
        let turn = turn?;
        self.turned(turn);
        Ok(!matches!(turn, Turn::Rewound | Turn::Repeated))
    }

    /// Remembers what was counted up to a commit, and goes back to it.
    fn turned(&mut self, turn: Turn) {
        match turn {
            Turn::On => {}
            Turn::Committed => self.common.keep(),
            Turn::Recovered => {
                self.intake.clear();
                self.common.keep();
            }
            Turn::Rewound => {
                self.intake.clear();
                self.common.take_back();
            }
            Turn::Repeated => self.intake.clear(),
        }
    }

    /// Whether the pipeline can go on.
    pub fn check(&self) -> Result<(), StreamError> {
        let mut ledger = self.common.desk.lock();
        let heals = self.common.promise.heals();
        let failed =
            ledger.failed.take().or_else(|| ledger.undelivered.lasting().filter(|_| !heals));
        failed.map_or(Ok(()), Err)
    }

    /// Hands at most so many records to their workers.
    fn dispatch(&mut self, mut most: usize) {
        while most > 0
            && let Some(batch) = self.intake.next(most)
        {
            let worker = self.workers.get(batch.lane.worker);
            if self.common.desk.enter(|ledger| ledger.queue(&batch)) {
                most -= batch.records.len();
                // A worker is gone only when it has entered why.
                let _ = worker.map(|worker| worker.send(batch).is_ok());
            }
        }
    }

    /// Waits until there is room again. The consumer is polled even so: a group takes a member that
    /// does not poll for dead.
    fn wait(&mut self, patience: Duration) -> Result<(), StreamError> {
        let paused = self.gate.is_pausing();
        let limit = if patience == POLL { Duration::MAX } else { patience };
        self.gate.wait(&self.common.desk, limit);
        if paused { self.poll(Duration::ZERO, RECORDS, BYTES) } else { Ok(()) }
    }

    /// Takes what there is, up to so many records and bytes; waits for the first.
    fn poll(&mut self, wait: Duration, records: usize, bytes: usize) -> Result<(), StreamError> {
        let mut wait = if self.intake.is_empty() { wait } else { Duration::ZERO };
        for _ in 0..records {
            match self.consumer.poll(wait) {
                None => {
                    self.idle(wait);
                    break;
                }
                Some(Ok(message)) => {
                    if self.intake.take(&message, &mut self.end) >= bytes {
                        break;
                    }
                }
                Some(Err(KafkaError::PartitionEOF(partition))) => {
                    self.end.eof(partition, &self.consumer, &self.common.desk);
                }
                Some(Err(error)) => return self.read_error(&error),
            }
            wait = Duration::ZERO;
        }
        Ok(())
    }

    /// Nothing came for so long.
    fn idle(&mut self, waited: Duration) {
        let desk = &self.common.desk;
        if waited == POLL && self.intake.is_empty() && desk.lock().queued == 0 {
            self.end.idle(&self.consumer, desk);
        }
    }

    /// An error that the client will get over by itself is logged, another ends the run.
    fn read_error(&self, error: &KafkaError) -> Result<(), StreamError> {
        let code = error.rdkafka_error_code();
        let fatal = matches!(error, KafkaError::MessageConsumptionFatal(_));
        let attempt = format!("read with group `{}`", self.common.options.group);
        let error = StreamError::refused(&attempt, error);
        let hopeless = matches!(error.kind(), Kind::Denied | Kind::NotFound | Kind::Fatal);
        if fatal || (hopeless && code != Some(RDKafkaErrorCode::UnknownPartition)) {
            return Err(error);
        }
        tracing::warn!("{error}");
        Ok(())
    }
}
