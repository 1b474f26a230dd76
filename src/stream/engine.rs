//! The running pipeline: one thread reads, transforms and sends; librdkafka's threads deliver.
//!
//! This page reads top-down: start, then in a loop settle what was delivered, work on what was
//! read, read on; then close. What each part does is in the file of its name.

mod ahead;
mod at_least_once;
mod chain;
mod close;
mod dead_letter;
mod end;
mod exactly_once;
mod gate;
mod guard;
mod ledger;
mod meter;
mod promise;
mod rewound;
mod sink;
mod source;
mod storm;
pub mod tracker;
mod transaction;
mod work;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use rdkafka::consumer::BaseConsumer;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message as _;
use tokio_util::sync::CancellationToken;

use self::chain::Chain;
use self::dead_letter::{Origin, run_id};
use self::end::End;
use self::gate::Gate;
use self::guard::Guard;
use self::ledger::{Ledger, Shared, lock};
use self::meter::Meter;
use self::promise::{Promise, Turn};
pub use self::rewound::Rewound;
use self::sink::Sink;
use self::storm::Storm;
pub use self::transaction::{TransactionError, Transactions};
use crate::clients::kafka::{Record, Tokens};
use crate::context::Context;
use crate::error::Explain;
use crate::error::Kind;
use crate::serve::health::Pulse;
use crate::stream::{Options, Pipeline, StreamError, Summary};

/// A record that was read, and in which assignment.
pub struct Input {
    pub record: Record,
    pub epoch: u64,
    pub since: Instant,
    /// How often the stages were tried on it.
    pub attempt: u32,
}

/// A running pipeline.
pub struct Run<'run, 'env> {
    pub options: &'run Options,
    pub stop: &'run CancellationToken,
    pub consumer: BaseConsumer<Guard>,
    pub sink: Arc<Sink>,
    promise: Arc<dyn Promise>,
    pub ledger: Shared,
    pub chain: Chain<'env>,
    pub gate: Gate,
    pub storm: Storm,
    pub meter: Option<Meter>,
    pub origin: Origin,
    pub summary: Summary,
    /// Both as they were at the last commit that can be taken back to.
    kept: (Summary, Storm),
    end: End,
    backlog: VecDeque<Input>,
    pub pulse: Pulse,
}

/// Runs `pipeline` until `stop`, its end or an error; what is in flight is finished and committed.
pub fn run(
    context: &Context,
    pipeline: Pipeline<'_>,
    rewound: Rewound,
    stop: &CancellationToken,
) -> Result<Summary, StreamError> {
    let started = Instant::now();
    let options = pipeline.options.clone();
    let mut run = match Run::start(context, pipeline, &options, rewound, stop) {
        // Nothing was read yet: the stop is as clean as a later one.
        Err(error) if stop.is_cancelled() && error.kind() == Kind::Cancelled => {
            return Ok(Summary { duration: started.elapsed(), ..Summary::default() });
        }
        started => started?,
    };
    let ended = run.read();
    run.close(ended, started)
}

impl<'run, 'env> Run<'run, 'env> {
    fn start(
        context: &Context,
        pipeline: Pipeline<'env>,
        options: &'run Options,
        rewound: Rewound,
        stop: &'run CancellationToken,
    ) -> Result<Run<'run, 'env>, StreamError> {
        check(&pipeline)?;
        let (reports, arrived) = mpsc::channel();
        let ledger: Shared = Arc::new(Mutex::new(Ledger::new(arrived)));
        let promise = promise::of(options, pipeline.task)?;
        let sink = Arc::new(Sink::start(context, &*promise, &pipeline.topics, reports)?);
        if let Some(topic) = &options.dead_letters {
            sink.require(topic, &options.group)?;
        }
        promise.start(&sink, stop)?;
        let origin = Origin {
            group: options.group.clone(),
            task: pipeline.task,
            script: pipeline.script,
            run: run_id(context)?,
        };
        let prefix = options.metrics.as_deref();
        let meter = prefix.map(|prefix| Meter::start(context, prefix)).transpose()?;
        let pulse = Pulse::start(context)?;
        let guard = Guard {
            ledger: ledger.clone(),
            promise: promise.clone(),
            group: options.group.clone(),
            reset: options.reset,
            rewound,
            stop: stop.child_token(),
            tokens: Tokens::of(context),
        };
        // Last, because a consumer that has joined its group must not just be dropped.
        let (consumer, end) = close::or_release(
            source::start(context, options, &pipeline.topics, guard)?,
            |consumer| End::start(context, consumer, &pipeline.topics, options),
        )?;
        Ok(Run {
            end,
            meter,
            pulse,
            chain: Chain::new(pipeline.stages),
            gate: Gate::new(options.in_flight_bytes),
            storm: Storm::new(options),
            summary: Summary::default(),
            kept: (Summary::default(), Storm::new(options)),
            backlog: VecDeque::new(),
            promise,
            options,
            stop,
            consumer,
            sink,
            ledger,
            origin,
        })
    }

    fn read(&mut self) -> Result<(), StreamError> {
        while !self.stop.is_cancelled() {
            self.pulse.beat();
            self.settle(Duration::ZERO)?;
            let (epoch, reached) = {
                let ledger = lock(&self.ledger);
                self.gate.measure(ledger.bytes);
                (ledger.epoch, self.end.reached(self.summary.consumed, &ledger))
            };
            if reached && self.wind_up()? {
                break;
            }
            self.pulse.ready(epoch > 0);
            self.gate.apply(&self.consumer, epoch);
            match self.next() {
                Some(input) => self.work(input)?,
                None => self.poll()?,
            }
        }
        Ok(())
    }

    /// The next input whose time has come.
    fn next(&mut self) -> Option<Input> {
        if self.gate.closed() || self.promise.closed() {
            return None;
        }
        self.backlog.pop_front()
    }

    /// Takes note that a record was dealt with.
    pub fn passed(&mut self, input: &Input) {
        self.end.pass(&input.record, input.epoch);
    }

    /// Puts back an input that will be tried again before any other.
    pub fn hold(&mut self, input: Input) {
        self.backlog.push_front(input);
    }

    /// Serves the consumer, and takes a record from it. While reading pauses, waits for reports.
    fn poll(&mut self) -> Result<(), StreamError> {
        let pause = self.gate.closed() || self.promise.closed();
        let wait = Duration::from_millis(if pause { 0 } else { 100 });
        let read = match self.consumer.poll(wait) {
            None => {
                if !pause && self.backlog.is_empty() {
                    self.end.idle(&self.consumer, &self.ledger);
                }
                None
            }
            Some(Ok(message)) => {
                let place = (message.topic(), message.partition(), message.offset());
                let assigned = lock(&self.ledger).read(place.0, place.1, place.2);
                assigned.map(|(topic, epoch)| (Record::copy(&message, topic), epoch))
            }
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                if self.backlog.is_empty() {
                    self.end.eof(partition, &self.consumer, &self.ledger);
                }
                None
            }
            Some(Err(error)) => return self.read_error(&error),
        };
        let Some((record, epoch)) = read else {
            return if pause { self.settle(Duration::from_millis(20)) } else { Ok(()) };
        };
        if !self.end.excludes(&record, epoch) {
            self.backlog.push_back(Input { record, epoch, since: Instant::now(), attempt: 0 });
        }
        Ok(())
    }

    /// An error that the client will get over by itself is logged, another ends the run.
    fn read_error(&self, error: &KafkaError) -> Result<(), StreamError> {
        let code = error.rdkafka_error_code();
        let fatal = matches!(error, KafkaError::MessageConsumptionFatal(_));
        let attempt = format!("read with group `{}`", self.options.group);
        let error = StreamError::refused(&attempt, error);
        let hopeless = matches!(error.kind(), Kind::Denied | Kind::NotFound | Kind::Fatal);
        if fatal || (hopeless && code != Some(RDKafkaErrorCode::UnknownPartition)) {
            return Err(error);
        }
        tracing::warn!("{error}");
        Ok(())
    }

    /// Enters the delivery reports, waiting up to `wait` for one, and stores what is done.
    pub fn settle(&mut self, wait: Duration) -> Result<(), StreamError> {
        let mut ledger = lock(&self.ledger);
        ledger.collect(wait);
        for ticket in ledger.delivered.drain(..) {
            if ticket.dead_letter {
                self.summary.dead_letters += 1;
                self.meter.iter().for_each(|meter| meter.dead_letters.inc());
            } else {
                self.summary.produced += 1;
                self.meter.iter().for_each(|meter| meter.delivered(ticket.since.elapsed()));
            }
        }
        drop(ledger);
        let turn = self.promise.turn(&self.consumer, &self.ledger)?;
        self.turned(turn);
        self.check()
    }

    /// Remembers what was counted up to a commit, and goes back to it.
    fn turned(&mut self, turn: Turn) {
        match turn {
            Turn::On => {}
            Turn::Committed => self.kept = (self.summary, self.storm.clone()),
            Turn::Rewound => {
                self.backlog.clear();
                (self.summary, self.storm) = self.kept.clone();
            }
        }
    }

    /// Whether the pipeline can go on.
    fn check(&self) -> Result<(), StreamError> {
        let ledger = lock(&self.ledger);
        if let Some(failure) = ledger.failure() {
            return Err(failure);
        }
        if let Some(error) = &ledger.unassigned {
            let attempt = format!("take over partitions of group `{}`", self.options.group);
            return Err(StreamError::refused(&attempt, error));
        }
        Ok(())
    }

    /// Finishes what is in flight and commits what must be; false where that was taken back instead.
    fn wind_up(&mut self) -> Result<bool, StreamError> {
        let since = Instant::now();
        let drained = close::drain(&self.ledger, self.options);
        let settled = self.settle(Duration::ZERO);
        let limit = close::limit(self.options, since);
        let turn = self.promise.finish(&self.consumer, &self.ledger, limit);
        drained.and(settled)?;
        let turn = turn?;
        self.turned(turn);
        Ok(turn != Turn::Rewound)
    }

    /// Finishes what is in flight, commits and leaves; an error of the loop comes before one of the
    /// drain.
    fn close(
        mut self,
        ended: Result<(), StreamError>,
        started: Instant,
    ) -> Result<Summary, StreamError> {
        self.pulse.ready(false);
        let finished = self.wind_up();
        close::leave(self.consumer, self.promise, &self.ledger, &self.options.group);
        ended.and(finished)?;
        Ok(Summary { duration: started.elapsed(), ..self.summary })
    }
}

fn check(pipeline: &Pipeline<'_>) -> Result<(), StreamError> {
    let lacks = |what: &str| Err(StreamError::Incomplete(what.to_owned()));
    let options = &pipeline.options;
    if pipeline.topics.is_empty() {
        return lacks("it reads no topic");
    }
    if options.group.is_empty() {
        return lacks("it has no consumer group: give the option `group`");
    }
    match &options.dead_letters {
        Some(topic) if pipeline.topics.contains(topic) => Err(StreamError::Loop(topic.clone())),
        _ => Ok(()),
    }
}
