//! The sender: a producer for a thread that must not be kept waiting.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use rdkafka::producer::{Producer as _, ThreadedProducer};
use rdkafka::types::RDKafkaErrorCode as Code;

use super::listener::{Listener, Reports};
use crate::clients::kafka::admin::{Admin, pick};
use crate::clients::kafka::config::refused as client_refused;
use crate::clients::kafka::release::release;
use crate::clients::kafka::sys::{OpenTopics, Parts};
use crate::clients::kafka::wait::{SLICE, Wait, declined};
use crate::clients::kafka::{KafkaError, ProducerOptions};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// How long the cluster may take to say which topics there are.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long the producer may take to get its id: it tries again each half second. Without it the first
/// records take longer, and say why they fail.
const PATIENCE_FOR_ID: Duration = Duration::from_secs(5);

/// Hands records to topics that are known from the start; what becomes of them goes to `R`.
///
/// It is for one thread, keeps no record, and makes nothing of its own for each of them.
pub struct Sender<R: Reports> {
    open: Option<OpenTopics<Listener<R>>>,
    listener: Listener<R>,
    /// How many records were queued.
    queued: u64,
}

impl<R: Reports> Sender<R> {
    /// A sender to `topics`, which exist, that reports to `reports`. It is ready to
    /// send when this returns, so that the first record is no slower than the others.
    pub fn open(
        context: &Context,
        options: &ProducerOptions,
        topics: &[&str],
        reports: R,
    ) -> Result<Sender<R>, Failure> {
        for topic in topics {
            authorize(context, &Action::Produce((*topic).to_owned()))?;
        }
        expect(context, topics)?;
        let listener = Listener::new(context, reports);
        let mut config = options.to_config(context)?;
        let debug = config.get("debug").map_or("eos".to_owned(), |all| format!("{all},eos"));
        let idempotent = config.set("debug", debug).get("enable.idempotence") == Some("true");
        let producer: ThreadedProducer<Listener<R>> = config
            .create_with_context(listener.clone())
            .map_err(|error| client_refused("make a producer", &error))?;
        let attempt = "look up the topics to produce to";
        let open =
            OpenTopics::new(producer, topics).map_err(|refusal| declined(attempt, refusal))?;
        let wait = Wait::new(context, attempt, PATIENCE, listener.reporter());
        while open.producer().client().fetch_metadata(None, 10 * SLICE).is_err() {
            wait.check()?;
        }
        let since = Instant::now();
        while idempotent && !listener.has_id() && since.elapsed() < PATIENCE_FOR_ID {
            wait.check()?;
            listener.wait(SLICE);
        }
        Ok(Sender { open: Some(open), listener, queued: 0 })
    }

    /// Queues `record` for the topic at this place of the list; `ticket` comes back with its report,
    /// or at once with the error. Never blocks: a full queue is an error ([`Code::QueueFull`]).
    pub fn send(
        &mut self,
        topic: usize,
        record: &Parts<'_>,
        ticket: Box<R::Ticket>,
    ) -> Result<(), (Code, Box<R::Ticket>)> {
        let Some(open) = &self.open else { return Err((Code::Fail, ticket)) };
        open.send(topic, record, ticket)?;
        self.queued += 1;
        Ok(())
    }

    /// How many records have no report yet.
    pub fn pending(&self) -> u64 {
        self.queued.saturating_sub(self.listener.reported())
    }

    /// Waits until a report arrives, at most for a twentieth of a second.
    pub fn wait(&self) {
        self.listener.wait(SLICE);
    }

    /// Sends what is queued without lingering, and waits for reports, at most for a twentieth of a
    /// second.
    pub fn push(&self) {
        let Some(open) = &self.open else { return };
        // Flushed means that no report is outstanding in librdkafka; its polling thread may still
        // be handing over the last ones.
        if open.producer().flush(SLICE).is_ok() && self.pending() > 0 {
            self.listener.wait(Duration::from_millis(1));
        }
    }

    /// Why `attempt` is no use any more, where the connection says so.
    pub fn trouble(&self, attempt: &str) -> Option<KafkaError> {
        self.listener.reporter().trouble(attempt)
    }
}

impl<R: Reports> Drop for Sender<R> {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            release(Duration::from_secs(1), move || drop(open));
        }
    }
}

/// Whether `topics` exist: brokers may make a topic of any name that a record is sent to, also of a
/// misspelt one.
fn expect(context: &Context, topics: &[&str]) -> Result<(), Failure> {
    let attempt = match topics {
        [one] => format!("produce to topic `{one}`"),
        several => format!("produce to {} topics", several.len()),
    };
    let all = Admin::of(context)?.topics_for(context, (&attempt, PATIENCE))?;
    let known: HashSet<&str> = all.iter().map(|topic| topic.name.as_str()).collect();
    match topics.iter().find(|topic| !known.contains(*topic)) {
        Some(missing) => pick(&all, missing, &attempt).map(drop),
        None => Ok(()),
    }
}
