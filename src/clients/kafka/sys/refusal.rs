//! What librdkafka says where it does not do what was asked.

use std::ffi::c_char;

use rdkafka::bindings::{
    rd_kafka_err2str, rd_kafka_error_code, rd_kafka_error_string, rd_kafka_error_t,
};
use rdkafka::types::{RDKafkaErrorCode, RDKafkaRespErr};

use super::owned::Owned;
use super::read::{self, Lent};

/// A code, with the words that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Kafka's error code; librdkafka's own ones are negative.
    pub code: RDKafkaErrorCode,
    /// What the broker (or librdkafka) said; none where that is only the name of the code.
    pub text: Option<String>,
}

impl Refusal {
    /// The refusal that `code` and `text` are; none where the code is that of success.
    ///
    /// # Safety
    ///
    /// `text` is null, or ends with a NUL and lives for the length of the call.
    pub(super) unsafe fn of(code: RDKafkaRespErr, text: *const c_char) -> Option<Refusal> {
        if code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            return None;
        }
        // SAFETY: the caller vouches for the text; that of a code is static.
        let (text, name) = unsafe { (read::copied(text), read::copied(rd_kafka_err2str(code))) };
        let text = text.filter(|text| !text.is_empty() && Some(text) != name.as_ref());
        Some(Refusal { code: code.into(), text })
    }

    /// The refusal that `error`, which belongs to an answer, stands for.
    pub(super) fn lent(error: Option<Lent<'_, rd_kafka_error_t>>) -> Option<Refusal> {
        let error = error?;
        let code = error.value(rd_kafka_error_code);
        // SAFETY: the error is live, and the text belongs to it.
        unsafe { Refusal::of(code, rd_kafka_error_string(error.as_ptr())) }
    }

    /// The refusal that `error`, which is ours, stands for; success where it is null.
    ///
    /// # Safety
    ///
    /// `error` is null, or live and freed by nobody else.
    pub(super) unsafe fn check(error: *mut rd_kafka_error_t) -> Result<(), Refusal> {
        // SAFETY: the caller hands the error over.
        let error = unsafe { Owned::take(error) };
        // SAFETY: it lives until the end of the function, and what is read of it is copied.
        let lent = error.as_ref().and_then(|error| unsafe { Lent::new(error.as_ptr()) });
        Refusal::lent(lent).map_or(Ok(()), Err)
    }

    /// An argument that librdkafka cannot take.
    pub(super) fn argument(text: impl Into<String>) -> Refusal {
        Refusal { code: RDKafkaErrorCode::InvalidArgument, text: Some(text.into()) }
    }
}
