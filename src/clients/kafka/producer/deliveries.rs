//! What becomes of the records of one producer.

use std::collections::HashMap;
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rdkafka::client::{ClientContext, OAuthToken};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError as Raw;
use rdkafka::message::{BorrowedMessage, DeliveryResult, Message as _};
use rdkafka::producer::ProducerContext;
use rdkafka::types::RDKafkaErrorCode as Code;

use super::numbered::number;
use super::tally::Tally;
use crate::clients::kafka::reporter::Reporter;
use crate::context::Context;

/// Where a record was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset; -1 with `acks` 0, when nobody tells.
    pub offset: i64,
    /// Milliseconds since 1970 (UTC).
    pub timestamp: Option<i64>,
}

/// Records that could not be delivered: the topic and the reason of the first, and how many.
#[derive(Debug, Clone)]
pub struct Failed {
    pub topic: String,
    pub code: Code,
    pub count: u64,
}

/// Counts the records of one producer from queueing to delivery report. Clones share the counts.
#[derive(Clone, Default)]
pub struct Deliveries(Arc<Shared>);

#[derive(Default)]
struct Shared {
    reporter: Reporter,
    queued: AtomicU64,
    reported: AtomicU64,
    state: Mutex<State>,
    tally: Mutex<Tally>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    failed: Option<Failed>,
    awaited: HashMap<usize, SyncSender<Result<Delivery, Code>>>,
    last_ticket: usize,
}

impl Deliveries {
    /// Counts for a producer of the run.
    pub fn of(context: &Context) -> Deliveries {
        Deliveries(Arc::new(Shared { reporter: Reporter::of(context), ..Shared::default() }))
    }

    /// What the client says about its connections.
    pub fn reporter(&self) -> &Reporter {
        &self.0.reporter
    }

    /// A record is about to be queued.
    pub fn queued(&self) {
        self.0.queued.fetch_add(1, Ordering::AcqRel);
    }

    /// It could not be queued after all.
    pub fn withdrawn(&self) {
        self.0.queued.fetch_sub(1, Ordering::AcqRel);
    }

    /// How many records have no report yet.
    pub fn pending(&self) -> u64 {
        let reported = self.0.reported.load(Ordering::Acquire);
        self.0.queued.load(Ordering::Acquire).saturating_sub(reported)
    }

    /// A ticket whose delivery report goes to the receiver.
    pub fn ticket(&self) -> (usize, Receiver<Result<Delivery, Code>>) {
        let (report, receiver) = mpsc::sync_channel(1);
        let mut state = self.lock();
        // 0 is the ticket of all records that nobody awaits.
        state.last_ticket = state.last_ticket.wrapping_add(1).max(1);
        let ticket = state.last_ticket;
        state.awaited.insert(ticket, report);
        (ticket, receiver)
    }

    /// Nothing will be reported for `ticket`: its record was not queued.
    pub fn void(&self, ticket: usize) {
        self.lock().awaited.remove(&ticket);
    }

    /// What became of numbered records so far.
    pub fn tally(&self) -> MutexGuard<'_, Tally> {
        self.0.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what failed since the last call.
    pub fn take_failed(&self) -> Option<Failed> {
        self.lock().failed.take()
    }

    /// Waits until a report arrives, at most `timeout`.
    pub fn wait(&self, timeout: Duration) {
        let state = self.lock();
        let _ = self.0.changed.wait_timeout(state, timeout);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, topic: &str, code: Code) {
        let mut state = self.lock();
        match &mut state.failed {
            Some(failed) => failed.count += 1,
            none => *none = Some(Failed { topic: topic.to_owned(), code, count: 1 }),
        }
    }
}

impl ClientContext for Deliveries {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn generate_oauth_token(&self, config: Option<&str>) -> Result<OAuthToken, Box<dyn Error>> {
        self.0.reporter.generate_oauth_token(config)
    }

    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        self.0.reporter.log(level, facility, line);
    }

    fn error(&self, error: Raw, reason: &str) {
        self.0.reporter.error(error, reason);
    }
}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, ticket: usize) {
        if let Some(number) = number(ticket) {
            self.count(result, number);
        } else {
            self.report(result, ticket);
        }
        self.0.reported.fetch_add(1, Ordering::AcqRel);
        self.0.changed.notify_all();
    }
}

impl Deliveries {
    fn count(&self, result: &DeliveryResult<'_>, number: u64) {
        let mut tally = self.tally();
        match result {
            Ok(message) => {
                self.0.reporter.well();
                tally.delivered_to(message.partition(), message.offset());
                if tally.keep {
                    tally.places.push((number, delivery(message)));
                }
            }
            Err((error, _)) => {
                tally.failed(number, error.rdkafka_error_code().unwrap_or(Code::Fail));
            }
        }
    }

    fn report(&self, result: &DeliveryResult<'_>, ticket: usize) {
        let awaited = if ticket == 0 { None } else { self.lock().awaited.remove(&ticket) };
        match (result, awaited) {
            (Ok(_), None) => self.0.reporter.well(),
            (Ok(message), Some(report)) => {
                self.0.reporter.well();
                // The one who awaited it may have given up.
                let _ = report.try_send(Ok(delivery(message)));
            }
            (Err((error, message)), awaited) => {
                let code = error.rdkafka_error_code().unwrap_or(Code::Fail);
                match awaited {
                    Some(report) => drop(report.try_send(Err(code))),
                    None => self.fail(message.topic(), code),
                }
            }
        }
    }
}

fn delivery(message: &BorrowedMessage<'_>) -> Delivery {
    Delivery {
        topic: message.topic().to_owned(),
        partition: message.partition(),
        offset: message.offset(),
        timestamp: message.timestamp().to_millis(),
    }
}
