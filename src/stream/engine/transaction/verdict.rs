//! What an error means for the open transaction.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::clients::kafka;
use crate::error::{Explain, Kind};

/// What to do after one of Kafka's transaction calls failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Make the same call again.
    Again,
    /// Abort, and do the work of the transaction again.
    Abort,
    /// Nothing more can be done with this producer.
    Fatal,
}

impl Verdict {
    /// The verdict on `error`, as librdkafka's guide to transactions has it (KIP-98, KIP-360).
    pub fn on(error: &KafkaError) -> Verdict {
        match error {
            KafkaError::Transaction(error) if error.is_fatal() => Verdict::Fatal,
            KafkaError::Transaction(error) if error.txn_requires_abort() => Verdict::Abort,
            KafkaError::Transaction(error) if error.is_retriable() => Verdict::Again,
            // The wrapper flushes before it commits, and passes on that this takes longer.
            KafkaError::Flush(RDKafkaErrorCode::OperationTimedOut) => Verdict::Again,
            _ => Verdict::Fatal,
        }
    }
}

/// Whether `error` says that another producer took over the transactional id, or that the broker
/// gave up the transaction because its time was over: the broker has one answer for both.
pub fn is_fenced(error: &KafkaError) -> bool {
    matches!(
        error.rdkafka_error_code(),
        Some(
            RDKafkaErrorCode::Fenced
                | RDKafkaErrorCode::ProducerFenced
                | RDKafkaErrorCode::InvalidProducerEpoch
        )
    )
}

/// Whether `error` says that the broker has no open transaction of this producer. The producer still
/// owns its transactional id: whoever does not is refused before that, as in [`is_fenced`].
pub fn is_unknown(error: &KafkaError) -> bool {
    error.rdkafka_error_code() == Some(RDKafkaErrorCode::InvalidTransactionalState)
}

/// Whether `error` says that there was no answer in time.
pub fn is_late(error: &KafkaError) -> bool {
    error.rdkafka_error_code() == Some(RDKafkaErrorCode::OperationTimedOut)
}

/// Whether doing it again can only end in the same way: the set-up is at fault, or the records.
pub fn is_hopeless(error: &KafkaError) -> bool {
    let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Fail);
    let kind = kafka::refused("", code).kind();
    matches!(kind, Kind::Denied | Kind::Invalid | Kind::NotFound | Kind::Unsupported)
}
