//! What comes back of the records that were sent: delivery reports.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, DeliveryResult, Headers as _, Message as _};
use rdkafka::producer::ProducerContext;

use crate::clients::kafka::Tokens;
use crate::stream::engine::client::client_context;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::ledger::ticket::Ticket;
use crate::stream::engine::ledger::undelivered::Lost;
use crate::stream::engine::metrics::meter::Meter;

/// Enters delivery reports, which arrive on the producer's own thread.
#[derive(Clone)]
pub struct Reports {
    pub desk: Shared,
    pub meter: Option<Meter>,
    /// For brokers that ask for one.
    pub tokens: Tokens,
    /// Whether brokers acknowledge.
    pub acks: bool,
}

client_context!(Reports);

impl ProducerContext for Reports {
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, word: usize) {
        let ticket = Ticket::from_word(word);
        let lost = match result {
            Err((error, message)) => Some((error, message)),
            // The broker took a later record, and librdkafka concludes that it has this one. But a
            // broker takes the first batch that it sees of a producer whatever its number is: what
            // was sent before it and refused for a while would be lost.
            Ok(message) if self.acks && message.offset() < 0 => Some((&UNSURE, message)),
            Ok(_) => None,
        };
        if let Some((error, message)) = lost {
            let (target, letter) = (message.topic(), ticket.dead_letter());
            let lost = Lost { error, target, size: size(message), letter };
            self.desk.enter(|ledger| ledger.report(ticket, Some(&lost)));
            return;
        }
        let since = self.desk.enter(|ledger| ledger.report(ticket, None));
        let Some(meter) = &self.meter else { return };
        if ticket.dead_letter() {
            meter.dead_letters.inc();
        } else {
            meter.delivered(since);
        }
    }
}

/// What a record counts as that nobody acknowledged.
const UNSURE: KafkaError = KafkaError::MessageProduction(RDKafkaErrorCode::Inconsistent);

/// The bytes of key, value and headers, as [`crate::stream::Message::size`] has them before.
fn size(message: &BorrowedMessage<'_>) -> usize {
    let length = |bytes: Option<&[u8]>| bytes.map_or(0, <[u8]>::len);
    let headers = message.headers().map_or(0, |headers| {
        headers.iter().map(|header| header.key.len() + length(header.value)).sum()
    });
    length(message.key()) + length(message.payload()) + headers
}
