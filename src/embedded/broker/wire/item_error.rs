//! An error of one item of a request: a code of Kafka's and the words that explain it.

use kafka_protocol::ResponseError;
use kafka_protocol::protocol::StrBytes;

/// Why one topic, group or setting was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemError {
    /// Kafka's error.
    pub error: ResponseError,
    /// What to tell people.
    pub message: String,
}

impl ItemError {
    /// A fault with `error` and `message`.
    pub fn new(error: ResponseError, message: impl Into<String>) -> ItemError {
        ItemError { error, message: message.into() }
    }

    /// What is said where the disk is full, or fails, which is `error`.
    pub fn unkept(error: ResponseError) -> ItemError {
        ItemError::new(error, "The broker could not write the change to its folder.")
    }
}

/// The code and the message of `result`: 0 and null where all went well.
pub fn code_and_message<T>(result: &Result<T, ItemError>) -> (i16, Option<StrBytes>) {
    match result {
        Ok(_) => (0, None),
        Err(fault) => (fault.error.code(), Some(StrBytes::from_string(fault.message.clone()))),
    }
}

/// The code of `result`: 0 where all went well.
pub fn code<T>(result: &Result<T, ResponseError>) -> i16 {
    result.as_ref().err().map_or(0, ResponseError::code)
}
