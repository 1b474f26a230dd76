//! Gives an idempotent producer its id (KIP-98).

use kafka_protocol::messages::{InitProducerIdRequest, InitProducerIdResponse, ProducerId};

use crate::embedded::broker::call::Call;
use crate::embedded::broker::producers::NO_TRANSACTIONS;

/// A new id at epoch 0. A producer that asks for transactions is refused.
pub fn handle(call: &Call, request: InitProducerIdRequest) -> InitProducerIdResponse {
    if request.transactional_id.is_some() {
        return InitProducerIdResponse::default()
            .with_error_code(NO_TRANSACTIONS.code())
            .with_producer_epoch(-1);
    }
    InitProducerIdResponse::default().with_producer_id(ProducerId(call.node.producers.next()))
}
