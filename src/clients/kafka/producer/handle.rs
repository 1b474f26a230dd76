//! The producer: send, deliver, flush.

use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use rdkafka::producer::{Producer as _, ThreadedProducer};
use rdkafka::types::RDKafkaErrorCode as Code;
use tokio_util::sync::CancellationToken;

use super::deliveries::{Deliveries, Delivery, Failed};
use super::{Message, ProducerOptions};
use crate::clients::kafka::KafkaError;
use crate::clients::kafka::config::refused as client_refused;
use crate::clients::kafka::release::release;
use crate::clients::kafka::wait::{SLICE, Wait, refused};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// How long the end of a script waits for records that were sent and never flushed.
const LAST_FLUSH: Duration = Duration::from_secs(10);

/// Writes records. Clones are the same producer; the last one dropped flushes what is queued.
#[derive(Clone)]
pub struct Producer(Arc<Inner>);

struct Inner {
    open: Option<Open>,
    deliveries: Deliveries,
    timeout: Duration,
}

struct Open {
    client: ThreadedProducer<Deliveries>,
    deliveries: Deliveries,
    cancel: CancellationToken,
}

impl Producer {
    /// A producer to the brokers of the run, idempotent unless `acks` says otherwise.
    pub fn new(context: &Context, options: &ProducerOptions) -> Result<Producer, Failure> {
        let deliveries = Deliveries::of(context);
        let client = options
            .to_config(context)?
            .create_with_context(deliveries.clone())
            .map_err(|error| client_refused("make a producer", &error))?;
        let open = Open { client, deliveries: deliveries.clone(), cancel: context.cancel() };
        Ok(Producer(Arc::new(Inner { open: Some(open), deliveries, timeout: options.timeout })))
    }

    /// Queues `message` for `topic` and returns at once; waits only while the queue is full.
    /// What becomes of it is told by [`Producer::flush`].
    pub fn send(&self, context: &Context, topic: &str, message: &Message) -> Result<(), Failure> {
        self.queue(context, topic, message, 0)
    }

    /// Writes `message` to `topic` and waits until the brokers have it.
    pub fn deliver(
        &self,
        context: &Context,
        topic: &str,
        message: &Message,
    ) -> Result<Delivery, Failure> {
        let (ticket, report) = self.0.deliveries.ticket();
        if let Err(failure) = self.queue(context, topic, message, ticket) {
            self.0.deliveries.void(ticket);
            return Err(failure);
        }
        let attempt = format!("deliver a record to topic `{topic}`");
        let wait = Wait::new(context, &attempt, self.0.timeout, self.0.deliveries.reporter());
        loop {
            match report.recv_timeout(SLICE) {
                Ok(Ok(delivery)) => return Ok(delivery),
                Ok(Err(Code::MessageTimedOut)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(wait.timed_out().into());
                }
                Ok(Err(code)) => return Err(refused(&attempt, code).into()),
                Err(RecvTimeoutError::Timeout) => wait.check()?,
            }
        }
    }

    /// Waits until every queued record is delivered; the error is that of the first that was not.
    /// `timeout` replaces the producer's own.
    pub fn flush(&self, context: &Context, timeout: Option<Duration>) -> Result<(), Failure> {
        let deliveries = &self.0.deliveries;
        let timeout = timeout.unwrap_or(self.0.timeout);
        let attempt = match deliveries.pending() {
            1 => "deliver 1 record".to_owned(),
            count => format!("deliver {count} records"),
        };
        let wait = Wait::new(context, &attempt, timeout, deliveries.reporter());
        while deliveries.pending() > 0 {
            self.0.open.iter().for_each(|open| open.push(SLICE));
            if deliveries.pending() > 0 {
                wait.check()?;
            }
        }
        match deliveries.take_failed() {
            Some(failed) => Err(explain(&failed, &wait).into()),
            None => Ok(()),
        }
    }

    pub(super) fn deliveries(&self) -> &Deliveries {
        &self.0.deliveries
    }

    pub(super) fn timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(super) fn queue(
        &self,
        context: &Context,
        topic: &str,
        message: &Message,
        ticket: usize,
    ) -> Result<(), Failure> {
        authorize(context, &Action::Produce(topic.to_owned()))?;
        if message.timestamp == Some(0) {
            // librdkafka would write the time of sending in its place.
            return Err(KafkaError::Refused {
                attempt: format!("send a record to topic `{topic}`"),
                code: Code::InvalidTimestamp,
                reason: "the Kafka client cannot write the timestamp 0".to_owned(),
            }
            .into());
        }
        let Some(open) = &self.0.open else { return Ok(()) };
        let deliveries = &self.0.deliveries;
        let mut record = message.to_raw(topic, ticket);
        let mut waiting: Option<Instant> = None;
        loop {
            deliveries.queued();
            let Err((error, unsent)) = open.client.send(record) else { return Ok(()) };
            deliveries.withdrawn();
            // Whether an error shows here or in the delivery report is a matter of timing.
            let verb = if ticket == 0 { "send" } else { "deliver" };
            let attempt = format!("{verb} a record to topic `{topic}`");
            let code = error.rdkafka_error_code().unwrap_or(Code::Fail);
            if code != Code::QueueFull {
                return Err(refused(&attempt, code).into());
            }
            record = unsent;
            let since = *waiting.get_or_insert_with(Instant::now);
            let left = self.0.timeout.saturating_sub(since.elapsed());
            Wait::new(context, &attempt, left, deliveries.reporter()).check()?;
            deliveries.wait(SLICE);
        }
    }
}

impl Open {
    /// Sends what is queued without lingering, and waits for reports at most `slice`.
    fn push(&self, slice: Duration) {
        // Flushed means that no report is outstanding in librdkafka; its polling thread may still
        // be handing over the last ones.
        if self.client.flush(slice).is_ok() && self.deliveries.pending() > 0 {
            self.deliveries.wait(Duration::from_millis(1));
        }
    }

    /// The flush of a producer that nobody holds any more: failures can only be logged.
    fn finish(self) {
        let start = Instant::now();
        let deliveries = self.deliveries.clone();
        let attempt = "deliver the records that were not flushed";
        while deliveries.pending() > 0
            && !self.cancel.is_cancelled()
            && start.elapsed() < LAST_FLUSH
            && deliveries.reporter().hopeless(attempt).is_none()
        {
            self.push(SLICE);
        }
        if let Some(failed) = deliveries.take_failed() {
            let error = refused(attempt, failed.code);
            tracing::error!(target: "kafka", topic = failed.topic, count = failed.count, "{error}");
        }
        let lost = deliveries.pending();
        if lost > 0 {
            let why = deliveries.reporter().trouble(attempt);
            let why = why.map_or_else(|| "stopped".to_owned(), |error| error.to_string());
            tracing::error!(target: "kafka", "{lost} records were not delivered: {why}");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            release(LAST_FLUSH + Duration::from_secs(1), move || open.finish());
        }
    }
}

/// The error of a flush after which `failed` is known.
fn explain(failed: &Failed, wait: &Wait<'_>) -> KafkaError {
    if failed.code == Code::MessageTimedOut {
        return wait.timed_out();
    }
    let attempt = match failed.count {
        1 => format!("deliver a record to topic `{}`", failed.topic),
        count => format!("deliver {count} records, the first to topic `{}`", failed.topic),
    };
    refused(&attempt, failed.code)
}
