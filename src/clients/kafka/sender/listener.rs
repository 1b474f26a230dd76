//! What becomes of the records of one sender.

use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rdkafka::client::{ClientContext, OAuthToken};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError as Raw;
use rdkafka::message::{DeliveryResult, Message as _};
use rdkafka::producer::ProducerContext;
use rdkafka::types::RDKafkaErrorCode as Code;

use crate::clients::kafka::reporter::Reporter;
use crate::context::Context;

/// Who hears what became of records, on a thread of the client: it must be quick.
pub trait Reports: Send + Sync + 'static {
    /// What a record is known by.
    type Ticket: Send + Sync;

    /// The brokers have the record of `ticket`, in the partition and at the offset of `place`.
    fn delivered(&self, ticket: Self::Ticket, place: (i32, i64));

    /// The record of `ticket` is lost.
    fn lost(&self, ticket: Self::Ticket, code: Code);
}

/// Hears of deliveries and of the connection. Clones are the same one.
pub struct Listener<R>(Arc<Shared<R>>);

impl<R> Clone for Listener<R> {
    fn clone(&self) -> Self {
        Listener(self.0.clone())
    }
}

struct Shared<R> {
    reporter: Reporter,
    reports: R,
    /// Whether the brokers are known to answer: asking the reporter takes a lock.
    well: AtomicBool,
    /// Whether the producer has the id with which brokers tell its retries apart.
    has_id: AtomicBool,
    reported: AtomicU64,
    /// Whether somebody waits for a report: waking nobody would cost a system call for each.
    waits: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl<R: Reports> Listener<R> {
    /// Hands what it hears in the run `context` to `reports`.
    pub fn new(context: &Context, reports: R) -> Listener<R> {
        Listener(Arc::new(Shared {
            reporter: Reporter::of(context),
            reports,
            well: AtomicBool::new(false),
            has_id: AtomicBool::new(false),
            reported: AtomicU64::new(0),
            waits: AtomicBool::new(false),
            lock: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// What the client says about its connections.
    pub fn reporter(&self) -> &Reporter {
        &self.0.reporter
    }

    /// Whether the producer has the id without which it sends nothing, if it is idempotent.
    pub fn has_id(&self) -> bool {
        self.0.has_id.load(Ordering::Acquire)
    }

    /// How many records there were reports of.
    pub fn reported(&self) -> u64 {
        self.0.reported.load(Ordering::Acquire)
    }

    /// Waits until a report arrives, at most `timeout`.
    pub fn wait(&self, timeout: Duration) {
        let guard = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.waits.store(true, Ordering::SeqCst);
        let _ = self.0.changed.wait_timeout(guard, timeout);
        self.0.waits.store(false, Ordering::SeqCst);
    }

    /// Wakes who waits for a report.
    fn wake(&self) {
        if self.0.waits.load(Ordering::SeqCst) {
            // Who is about to wait holds the lock until it does.
            let _held = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
            self.0.changed.notify_all();
        }
    }
}

impl<R: Reports> ClientContext for Listener<R> {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn generate_oauth_token(&self, config: Option<&str>) -> Result<OAuthToken, Box<dyn Error>> {
        self.0.reporter.generate_oauth_token(config)
    }

    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        // Said in the log only (`rd_kafka_idemp_pid_update`), where it is asked for: `debug=eos`.
        if facility == "GETPID" && line.contains("Acquired") {
            self.0.has_id.store(true, Ordering::Release);
            self.wake();
        }
        self.0.reporter.log(level, facility, line);
    }

    fn error(&self, error: Raw, reason: &str) {
        self.0.well.store(false, Ordering::Release);
        self.0.reporter.error(error, reason);
    }
}

impl<R: Reports> ProducerContext for Listener<R> {
    type DeliveryOpaque = Box<R::Ticket>;

    fn delivery(&self, result: &DeliveryResult<'_>, ticket: Box<R::Ticket>) {
        match result {
            Ok(message) => {
                if !self.0.well.swap(true, Ordering::AcqRel) {
                    self.0.reporter.well();
                }
                self.0.reports.delivered(*ticket, (message.partition(), message.offset()));
            }
            Err((error, _)) => {
                let code = error.rdkafka_error_code().unwrap_or(Code::Fail);
                self.0.reports.lost(*ticket, code);
            }
        }
        self.0.reported.fetch_add(1, Ordering::AcqRel);
        self.wake();
    }
}
