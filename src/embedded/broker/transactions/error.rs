//! One error that has two codes.

use kafka_protocol::ResponseError;

/// `error` in the words of clients that know `PRODUCER_FENCED`, or of those that came before it
/// (KIP-588).
pub fn fenced(error: ResponseError, known: bool) -> ResponseError {
    match error {
        ResponseError::ProducerFenced if !known => ResponseError::InvalidProducerEpoch,
        other => other,
    }
}
