//! Kafka's transaction calls, each repeated while that may help.
//!
//! They block inside librdkafka, so they are made on a thread of their own ([`super::caller`]).

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::TopicPartitionList;
use rdkafka::consumer::ConsumerGroupMetadata;
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::producer::Producer as _;
use tokio_util::sync::CancellationToken;

use super::verdict::Verdict;
use crate::clients::kafka::release;
use crate::stream::engine::outlet::{Outlet, Producer};

/// How long one and the same call is repeated: brokers that are down come back. As long as a record
/// of the other promise may take.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long a call that can be resumed may block before it is looked after.
const SLICE: Duration = Duration::from_secs(1);
/// The pause before a call that failed at once is repeated.
const AGAIN: Duration = Duration::from_millis(100);
/// How long the producer that is replaced may take to close.
const CLOSE: Duration = Duration::from_secs(1);
/// How much longer than asked for a call may take before it is left behind.
const MARGIN: Duration = Duration::from_secs(5);
/// The attempt after which nothing can have been committed.
pub(super) const ADD_OFFSETS: &str = "add offsets to a transaction";
/// The attempt that an error which asks for an abort does not end.
const ABORT: &str = "abort a transaction";

/// Why a call did not succeed.
#[derive(Debug, Clone)]
pub enum CallError {
    /// The transaction must be aborted and its work done again.
    Abort(KafkaError),
    /// The producer cannot go on; what was tried.
    Fatal(&'static str, KafkaError),
}

/// What makes the calls of one producer.
pub struct Calls {
    pub outlet: Outlet,
    /// How long a transaction may stay open.
    pub timeout: Duration,
    /// Ends the waiting: nobody wants the answer any more.
    pub hurry: CancellationToken,
}

impl Calls {
    /// Takes over the transactional id, which ends the life of a producer that had it, and begins
    /// the first transaction.
    pub fn init(&self) -> Result<(), CallError> {
        let producer = self.outlet.producer();
        self.repeat("take over the transactional id", SLICE, |slice| {
            producer.init_transactions(slice)
        })?;
        self.begin(&producer)
    }

    /// Commits what was sent together with `offsets`, and begins the next transaction.
    pub fn commit(
        &self,
        offsets: &TopicPartitionList,
        group: &Arc<ConsumerGroupMetadata>,
    ) -> Result<(), CallError> {
        let producer = self.outlet.producer();
        if offsets.count() > 0 {
            // Cannot be resumed: what takes too long here must be aborted.
            self.repeat(ADD_OFFSETS, self.timeout, |slice| {
                let (producer, offsets, group) = (producer.clone(), offsets.clone(), group.clone());
                let add = move || producer.send_offsets_to_transaction(&offsets, &group, slice);
                returns(add, slice + MARGIN)
            })?;
        }
        self.repeat("commit a transaction", SLICE, |slice| producer.commit_transaction(slice))?;
        self.begin(&producer)
    }

    /// Takes back what was sent since the last commit, and begins the next transaction.
    pub fn abort(&self) -> Result<(), CallError> {
        let producer = self.outlet.producer();
        self.repeat(ABORT, SLICE, |slice| producer.abort_transaction(slice))?;
        self.begin(&producer)
    }

    /// Replaces a producer whose transaction the broker gave up.
    pub fn renew(&self) -> Result<(), CallError> {
        let old =
            self.outlet.renew().map_err(|error| CallError::Fatal("make a producer", error))?;
        release(CLOSE, move || drop(old));
        self.init()
    }

    fn begin(&self, producer: &Producer) -> Result<(), CallError> {
        self.repeat("begin a transaction", SLICE, |_| producer.begin_transaction())
    }

    /// Makes `call` until it succeeds, will never do so, or its time is over.
    fn repeat(
        &self,
        attempt: &'static str,
        slice: Duration,
        call: impl Fn(Duration) -> KafkaResult<()>,
    ) -> Result<(), CallError> {
        let since = Instant::now();
        loop {
            let Err(error) = call(slice) else { return Ok(()) };
            let verdict = Verdict::on(&error);
            tracing::debug!(%error, ?verdict, "cannot {attempt}");
            match verdict {
                Verdict::Abort if attempt != ABORT => {
                    return Err(CallError::Abort(error));
                }
                Verdict::Fatal => return Err(CallError::Fatal(attempt, error)),
                _ if since.elapsed() >= PATIENCE || self.hurry.is_cancelled() => {
                    return Err(CallError::Fatal(attempt, error));
                }
                _ => thread::sleep(AGAIN),
            }
        }
    }
}

/// Makes `call`, but does not wait for it longer than `limit`: then the answer is that it timed out.
///
/// librdkafka 2.12 breaks its promise of a timeout where the coordinator of the group is not to be
/// found at once: it waits for connections to come or go (`rd_kafka_coord_req_fsm`), and none may.
fn returns(
    call: impl FnOnce() -> KafkaResult<()> + Send + 'static,
    limit: Duration,
) -> KafkaResult<()> {
    let (answer, answered) = mpsc::channel();
    let thread = thread::Builder::new().name("kafka offsets".into());
    let spawned = thread.spawn(move || {
        // Nobody may want it any more.
        let _ = answer.send(call());
    });
    let late = KafkaError::Global(RDKafkaErrorCode::OperationTimedOut);
    spawned.map_err(|_| KafkaError::Global(RDKafkaErrorCode::CriticalSystemResource))?;
    answered.recv_timeout(limit).unwrap_or(Err(late))
}
