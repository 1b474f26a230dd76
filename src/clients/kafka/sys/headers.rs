//! The headers of a record.

use std::ffi::CStr;
use std::{ptr, slice};

use bytes::Bytes;
use rdkafka::bindings::{rd_kafka_header_get_all, rd_kafka_message_headers};
use rdkafka::message::BorrowedMessage;
use rdkafka::types::RDKafkaRespErr;

use crate::clients::kafka::record::Headers;

/// The headers of `message`. What is no UTF-8 in a name is replaced by U+FFFD: Kafka does not check
/// names, and the wrapper's own headers panic on them.
pub fn headers(message: &BorrowedMessage<'_>) -> Headers {
    let mut headers = Headers::new();
    let mut native = ptr::null_mut();
    // SAFETY: the message lives as long as the borrow, and owns the headers that it answers with.
    let answer = unsafe { rd_kafka_message_headers(message.ptr(), &raw mut native) };
    if answer != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
        return headers;
    }
    loop {
        let (mut name, mut value, mut size) = (ptr::null(), ptr::null(), 0);
        // SAFETY: `native` belongs to `message`; past its last header the answer is an error.
        let answer = unsafe {
            rd_kafka_header_get_all(
                native,
                headers.len(),
                &raw mut name,
                &raw mut value,
                &raw mut size,
            )
        };
        if answer != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            return headers;
        }
        // SAFETY: librdkafka ends each name with a NUL and keeps it as long as the message.
        let name = unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned();
        let value = (!value.is_null()).then(|| {
            // SAFETY: a value that is not null has `size` bytes, kept as long as the message.
            Bytes::copy_from_slice(unsafe { slice::from_raw_parts(value.cast::<u8>(), size) })
        });
        headers.push((name, value));
    }
}
