//! How a request is to be carried out.

use std::ffi::{c_char, c_int};
use std::ptr;
use std::time::Duration;

use rdkafka::bindings::*;
use rdkafka::client::{Client, ClientContext};
use rdkafka::types::RDKafkaRespErr;

use super::owned::Owned;
use super::{Refusal, read};

/// A setting of librdkafka's with a number as its value.
type Setter =
    unsafe extern "C" fn(*mut rd_kafka_AdminOptions_t, c_int, *mut c_char, usize) -> RDKafkaRespErr;

/// The longest time librdkafka takes.
const LONGEST: Duration = Duration::from_secs(3600);

/// The options of one request. Setting one that the API does not have is an error.
pub struct Options(Owned<rd_kafka_AdminOptions_t>);

impl Options {
    /// The options of request number `index`, an `op`, that may take `timeout`.
    pub(super) fn new<C: ClientContext>(
        client: &Client<C>,
        op: rd_kafka_admin_op_t,
        (index, timeout): (usize, Duration),
    ) -> Result<Options, Refusal> {
        // SAFETY: the client is live; the options are new and ours.
        let options = unsafe { Owned::take(rd_kafka_AdminOptions_new(client.native_ptr(), op)) };
        let options = options.ok_or_else(|| Refusal::argument("librdkafka made no options"))?;
        // SAFETY: the options are live; the number is never followed as a pointer.
        unsafe {
            rd_kafka_AdminOptions_set_opaque(
                options.as_ptr(),
                ptr::without_provenance_mut::<std::ffi::c_void>(index),
            );
        }
        let options = Options(options);
        options.set(rd_kafka_AdminOptions_set_request_timeout, millis(timeout))?;
        Ok(options)
    }

    /// The broker answers when the change is done, or after `timeout`.
    pub(super) fn operation_timeout(&self, timeout: Duration) -> Result<(), Refusal> {
        self.set(rd_kafka_AdminOptions_set_operation_timeout, millis(timeout))
    }

    /// Whether the broker only checks that it could be done.
    pub(super) fn validate_only(&self, only: bool) -> Result<(), Refusal> {
        self.set(rd_kafka_AdminOptions_set_validate_only, c_int::from(only))
    }

    /// Whether the answer tells what the user may do.
    pub(super) fn authorized_operations(&self, tell: bool) -> Result<(), Refusal> {
        // SAFETY: the options are live; an error is ours.
        unsafe {
            Refusal::check(rd_kafka_AdminOptions_set_include_authorized_operations(
                self.0.as_ptr(),
                c_int::from(tell),
            ))
        }
    }

    /// The options, for librdkafka to copy.
    pub(super) fn as_ptr(&self) -> *mut rd_kafka_AdminOptions_t {
        self.0.as_ptr()
    }

    fn set(&self, setter: Setter, value: c_int) -> Result<(), Refusal> {
        // SAFETY: the options and the buffer are live; librdkafka checks the value.
        let call = |reason, size| unsafe { setter(self.0.as_ptr(), value, reason, size) };
        let (code, reason) = read::with_reason(call);
        match code {
            RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR => Ok(()),
            _ => Err(Refusal { code: code.into(), text: Some(reason) }),
        }
    }
}

fn millis(time: Duration) -> c_int {
    time.clamp(Duration::from_millis(1), LONGEST).as_millis() as c_int
}
