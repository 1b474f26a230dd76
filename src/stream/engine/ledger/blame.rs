//! Whose fault it is that a record was not written.

use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};

use crate::clients::kafka;
use crate::error::{Explain, Kind};

/// Why a record was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// It, or its batch, is too large.
    Size,
    /// It, or another one of its batch, is not as the topic demands.
    Content,
    /// Another one of its batch is not as the topic demands (KIP-467).
    Neighbour,
    /// Nobody: the same record may be written later.
    Passing,
    /// The set-up, or something that will not pass.
    Lasting,
}

/// Whose fault `error` is, which a delivery report told.
pub fn blame(error: &KafkaError) -> Blame {
    match error.rdkafka_error_code().unwrap_or(Code::Fail) {
        Code::MessageSizeTooLarge | Code::MessageBatchTooLarge => Blame::Size,
        Code::InvalidRecord | Code::InvalidTimestamp => Blame::Content,
        Code::InvalidDifferentRecord => Blame::Neighbour,
        // librdkafka has sent it again for as long as it may.
        Code::MessageTimedOut => Blame::Lasting,
        // The first is Kafka's word for anything; the second is [`crate::stream::engine::sink::report`]'s.
        Code::Unknown | Code::Inconsistent => Blame::Passing,
        code => {
            let refused = kafka::refused("", code);
            let passing = refused.retriable() && refused.kind() != Kind::Fatal;
            if passing { Blame::Passing } else { Blame::Lasting }
        }
    }
}
