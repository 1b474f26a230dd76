//! The queue of a run, and the answers that arrive in it.

use std::time::Duration;

use rdkafka::bindings::*;
use rdkafka::client::{Client, ClientContext};

use super::Refusal;
use super::owned::Owned;
use super::read::Lent;

/// A queue that only the requests of one run answer to.
pub(super) struct Queue(Owned<rd_kafka_queue_t>);

impl Queue {
    /// A queue of `client`.
    pub(super) fn new<C: ClientContext>(client: &Client<C>) -> Result<Queue, Refusal> {
        // SAFETY: the client is live; the queue is new and ours.
        let queue = unsafe { Owned::take(rd_kafka_queue_new(client.native_ptr())) };
        queue.map(Queue).ok_or_else(|| Refusal::argument("librdkafka made no queue"))
    }

    /// The next answer; none within `patience`.
    pub(super) fn poll(&self, patience: Duration) -> Option<Event> {
        let patience = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        // SAFETY: the queue is live; the event, if there is one, is ours to free.
        unsafe { Owned::take(rd_kafka_queue_poll(self.0.as_ptr(), patience)) }.map(Event)
    }

    pub(super) fn as_ptr(&self) -> *mut rd_kafka_queue_t {
        self.0.as_ptr()
    }
}

/// The answer to one request.
pub struct Event(Owned<rd_kafka_event_t>);

impl Event {
    /// Which request of the run it answers.
    pub(super) fn index(&self) -> usize {
        // SAFETY: the event is live; what is read is the number that the options were given.
        unsafe { rd_kafka_event_opaque(self.0.as_ptr()) }.addr()
    }

    /// Why there is no answer; none where there is one.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let event = self.0.as_ptr();
        // SAFETY: the event is live, and the text belongs to it.
        unsafe { Refusal::of(rd_kafka_event_error(event), rd_kafka_event_error_string(event)) }
    }

    /// Whether there is an error in place of an answer.
    pub(super) fn failed(&self) -> bool {
        // SAFETY: the event is live.
        let code = unsafe { rd_kafka_event_error(self.0.as_ptr()) };
        code != rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR
    }

    /// The code of the error, for an event with a text that is not its own: such a text must be
    /// neither read nor freed, so that the event stays behind.
    pub(super) fn abandon(self) -> Refusal {
        // SAFETY: the event is live.
        let code = unsafe { rd_kafka_event_error(self.0.as_ptr()) }.into();
        std::mem::forget(self);
        Refusal { code, text: None }
    }

    /// The answer as `getter`, one of librdkafka's `rd_kafka_event_…_result`, finds it.
    pub(super) fn result<T>(
        &self,
        getter: unsafe extern "C" fn(*mut rd_kafka_event_t) -> *const T,
    ) -> Result<Lent<'_, T>, Refusal> {
        // SAFETY: the event is live; the getter checks its type and answers with null where it is
        // another; the result belongs to the event.
        let result = unsafe { Lent::new(getter(self.0.as_ptr())) };
        result.ok_or_else(|| Refusal::argument("librdkafka gave the answer to another request"))
    }
}
