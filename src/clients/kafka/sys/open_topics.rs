//! Sending to topics that were looked up once.
//!
//! By its name librdkafka finds a topic in a list, one comparison after the other under a lock
//! (`rd_kafka_topic_find`): with a thousand topics that takes longer than all else about a record.

use std::ffi::{c_char, c_void};
use std::ptr;

use rdkafka::bindings::*;
use rdkafka::producer::{Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::types::{RDKafkaErrorCode, RDKafkaRespErr};
use rdkafka::util::IntoOpaque;

use super::Refusal;
use super::owned::Owned;
use super::read::c_text;

/// Lets the key decide, or chance (`RD_KAFKA_PARTITION_UA`).
const ANY_PARTITION: i32 = -1;

/// What a record consists of; all of it is copied.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The key.
    pub key: Option<&'a [u8]>,
    /// The value.
    pub value: &'a [u8],
    /// Names and values, in their order.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// Milliseconds since 1970 (UTC); 0 for the time of sending.
    pub timestamp: i64,
}

impl Parts<'_> {
    /// The bytes of key, value and headers.
    pub fn size(&self) -> usize {
        let headers: usize =
            self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.key.map_or(0, <[u8]>::len) + self.value.len() + headers
    }
}

/// A producer, and the topics that it has looked up.
pub struct OpenTopics<C: ProducerContext + 'static> {
    /// Before the producer: librdkafka wants topics back before it closes.
    topics: Vec<Owned<rd_kafka_topic_t>>,
    producer: ThreadedProducer<C>,
}

// SAFETY: librdkafka's objects, topics among them, may be used on any thread.
unsafe impl<C: ProducerContext + 'static> Send for OpenTopics<C> {}

impl<C: ProducerContext + 'static> OpenTopics<C> {
    /// Looks up `names` for `producer`, without waiting for a broker.
    pub fn new(producer: ThreadedProducer<C>, names: &[&str]) -> Result<OpenTopics<C>, Refusal> {
        let mut open = OpenTopics { topics: Vec::with_capacity(names.len()), producer };
        for name in names {
            let text = c_text(name)?;
            let client = open.producer.client().native_ptr();
            // SAFETY: client and name are live; the configuration is that of the client where none
            // is given; and what is returned is ours.
            let topic =
                unsafe { Owned::take(rd_kafka_topic_new(client, text.as_ptr(), ptr::null_mut())) };
            open.topics.push(topic.ok_or_else(|| Refusal::argument(format!("no topic `{name}`")))?);
        }
        Ok(open)
    }

    /// The producer.
    pub fn producer(&self) -> &ThreadedProducer<C> {
        &self.producer
    }

    /// Queues `record` for the topic at this place of the names; `ticket` comes back with its
    /// delivery report, or at once with an error. Never blocks: a full queue is an error.
    pub fn send(
        &self,
        topic: usize,
        record: &Parts<'_>,
        ticket: C::DeliveryOpaque,
    ) -> Result<(), (RDKafkaErrorCode, C::DeliveryOpaque)> {
        let Some(topic) = self.topics.get(topic) else {
            return Err((RDKafkaErrorCode::UnknownTopic, ticket));
        };
        let headers = match headers(record.headers) {
            Ok(headers) => headers,
            Err(code) => return Err((code, ticket)),
        };
        let ticket = ticket.into_ptr();
        let bytes = |part: &[u8]| (part.as_ptr().cast_mut().cast::<c_void>(), part.len());
        let (value, value_size) = bytes(record.value);
        let (key, key_size) = record.key.map_or((ptr::null_mut(), 0), bytes);
        // SAFETY: all pointers are live during the call, which copies what is behind them
        // (`RD_KAFKA_MSG_F_COPY`) except the headers; each tag is followed by what librdkafka
        // documents for it.
        let answer = unsafe {
            rd_kafka_producev(
                self.producer.client().native_ptr(),
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_RKT,
                topic.as_ptr(),
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_PARTITION,
                ANY_PARTITION,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_MSGFLAGS,
                RD_KAFKA_MSG_F_COPY,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_VALUE,
                value,
                value_size,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_KEY,
                key,
                key_size,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_OPAQUE,
                ticket,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_TIMESTAMP,
                record.timestamp,
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_HEADERS,
                headers.as_ref().map_or(ptr::null_mut(), Owned::as_ptr),
                rd_kafka_vtype_t::RD_KAFKA_VTYPE_END,
            )
        };
        if answer != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            // SAFETY: it was made of a ticket above, and librdkafka keeps nothing of what it refused.
            return Err((answer.into(), unsafe { C::DeliveryOpaque::from_ptr(ticket) }));
        }
        // They belong to the queued record now.
        std::mem::forget(headers);
        Ok(())
    }
}

/// Headers as librdkafka has them; none where there are none.
fn headers(given: &[(&str, &[u8])]) -> Result<Option<Owned<rd_kafka_headers_t>>, RDKafkaErrorCode> {
    if given.is_empty() {
        return Ok(None);
    }
    // SAFETY: what is returned is ours.
    let headers = unsafe { Owned::take(rd_kafka_headers_new(given.len())) };
    let headers = headers.ok_or(RDKafkaErrorCode::Fail)?;
    for (name, value) in given {
        // SAFETY: `headers` is live and ours; name and value have the sizes given, and are copied.
        let answer = unsafe {
            rd_kafka_header_add(
                headers.as_ptr(),
                name.as_ptr().cast::<c_char>(),
                name.len() as isize,
                value.as_ptr().cast::<c_void>(),
                value.len() as isize,
            )
        };
        if answer != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            return Err(answer.into());
        }
    }
    Ok(Some(headers))
}
