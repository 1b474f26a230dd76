//! The running pipeline: one thread reads, others work, librdkafka's threads deliver.
//!
//! This page reads top-down. A run starts its parts ([`start`]); the reader polls the consumer and
//! hands what it reads to the workers ([`Reader::read`]); each worker runs the stages and sends what
//! they make ([`Worker::run`]); delivery reports settle the inputs in the ledger
//! ([`ledger::Ledger`]); what is done without a gap is committed as the [`delivery`] promises; and at
//! the end everything is drained, committed and left ([`close`]). All records of a partition go through
//! one worker, in their order, as long as the partition is ours (a [`ledger::lane::Lane`]).
//!
//! Each of these parts has its page here, and its details in the folder of the same name.

mod ask;
mod client;
mod close;
mod common;
mod delivery;
mod ledger;
mod metrics;
mod outlet;
mod reader;
mod setbacks;
mod sink;
mod transaction;
mod worker;

use std::mem::take;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, Scope};
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use self::common::Common;
use self::delivery::Promise;
use self::ledger::batch::Batch;
pub use self::ledger::tracker::Tracker;
use self::metrics::gauges::Gauges;
use self::reader::member::Member;
use self::reader::until::End;

use self::reader::questions::Questions;
pub use self::reader::rewound::Rewound;
use self::reader::topics::described;
use self::reader::{Reader, consumer};
pub use self::transaction::{TransactionError, Transactions};
use self::worker::Worker;
use self::worker::chain::Chain;
use super::stage::Stage;
use crate::clients::kafka::Tokens;
use crate::context::Context;
use crate::error::{Explain, Failure, Kind};
use crate::serve::health::Pulse;
use crate::stream::{Pipeline, StreamError, Summary};

/// Runs `pipeline` until `stop`, its end or an error; what is in flight is finished and committed.
pub fn run(
    context: &Context,
    mut pipeline: Pipeline<'_>,
    rewound: Rewound,
    stop: &CancellationToken,
) -> Result<Summary, StreamError> {
    let started = Instant::now();
    check(&pipeline)?;
    let context = &context.until(stop);
    let chains = take(&mut pipeline.chains);
    let common = Common::start(context, &pipeline, chains.len(), stop);
    let ended = common.and_then(|common| {
        thread::scope(|scope| {
            // However this ends: workers that wait to send must not be waited for.
            let _dismiss = Dismiss(&*common.promise);
            let mut reader = start((context, &common, scope), &pipeline.topics, chains, rewound)?;
            let ended = reader.read();
            Ok(close::close(reader, ended))
        })
    });
    match ended {
        // Nothing was read yet: the stop is as clean as a later one.
        Err(error) if stop.is_cancelled() && error.kind() == Kind::Cancelled => {
            Ok(Summary { duration: started.elapsed(), ..Summary::default() })
        }
        Err(error) => Err(error),
        Ok(closed) => closed.map(|summary| Summary { duration: started.elapsed(), ..summary }),
    }
}

/// Nobody may send any more once it is dropped.
struct Dismiss<'run>(&'run dyn Promise);

impl Drop for Dismiss<'_> {
    fn drop(&mut self) {
        self.0.dismiss();
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

/// Starts the workers, one for each of `chains`, and joins the group.
fn start<'scope, 'run: 'scope, 'env: 'scope>(
    (context, common, scope): (&Context, &'run Common, &'scope Scope<'scope, '_>),
    topics: &[String],
    chains: Vec<Vec<Box<dyn Stage + 'env>>>,
    rewound: Rewound,
) -> Result<Reader<'run>, StreamError> {
    let options = &common.options;
    let pulse = Pulse::start(context, &options.group)?;
    let (mut workers, mut pulses) = (Vec::new(), Vec::new());
    for (number, stages) in chains.into_iter().enumerate() {
        let (sender, worker) = worker(context, common, number, stages)?;
        pulses.push(worker.pulse.clone());
        let thread = thread::Builder::new().name(format!("worker {number}"));
        thread.spawn_scoped(scope, move || worker.run()).map_err(|error| {
            Failure::new(Kind::Failed, format!("cannot start a worker's thread: {error}"))
        })?;
        workers.push(sender);
    }
    let gauges = options.metrics.as_deref().map(|prefix| {
        Gauges::start(context, prefix, (&options.group, common.origin.task), &pulses)
    });
    let gauges = gauges.transpose()?;
    let known = described(context, topics, options)?;
    let config = consumer::config(context, options, &*common.promise)?;
    let questions = || {
        // After the halt nothing will be read any more.
        Questions::new(context.until(&common.halt), config.clone(), &options.group)
    };
    let end = End::start(context, &questions(), &known, options)?;
    let member = Member {
        desk: common.desk.clone(),
        promise: common.promise.clone(),
        group: options.group.clone(),
        reset: options.reset,
        rewound,
        questions: questions(),
        tokens: Tokens::of(context),
    };
    // Last, because a consumer that has joined its group must not just be dropped.
    let consumer = consumer::start(context, options, &config, member)?;
    if !end.is_here() {
        consumer::join(&consumer, options, topics)?;
    }
    Ok(Reader::new(common, (consumer, end), (pulse, gauges), workers))
}

/// A worker that runs `stages`, and the way to it.
fn worker<'run, 'env>(
    context: &Context,
    common: &'run Common,
    number: usize,
    stages: Vec<Box<dyn Stage + 'env>>,
) -> Result<(Sender<Batch>, Worker<'run, 'env>), StreamError> {
    let options = &common.options;
    let mut chain = Chain::new(stages);
    if common.meter.is_some() {
        chain = chain.measured(context, &options.group)?;
    }
    let name = format!("{}, worker {number}", options.group);
    let pulse = Arc::new(Pulse::of_worker(context, &name, options.stuck_after)?);
    let (sender, inbox) = mpsc::channel();
    Ok((sender, Worker::new(common, chain, pulse, inbox)))
}
