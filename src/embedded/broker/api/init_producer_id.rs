//! Gives an idempotent or transactional producer its id and epoch (KIP-98, KIP-360).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::{InitProducerIdRequest, InitProducerIdResponse, ProducerId};

use crate::embedded::broker::disk::coordinators;
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::producers::{Identity, NOBODY};
use crate::embedded::broker::transactions::{Claim, fenced};
use crate::embedded::broker::wire::Call;

/// The first version whose clients know `PRODUCER_FENCED`.
const KNOWS_FENCED: i16 = 4;

/// A new id at epoch 0; with a transactional id, its id at the next epoch, which ends the life of
/// whoever had it before.
pub fn handle(call: &Call, request: InitProducerIdRequest) -> InitProducerIdResponse {
    let response = InitProducerIdResponse::default();
    match identity(call, &request) {
        Ok(Identity { id, epoch }) => {
            response.with_producer_id(ProducerId(id)).with_producer_epoch(epoch)
        }
        Err(error) => {
            let error = fenced(error, call.version >= KNOWS_FENCED);
            response.with_error_code(error.code()).with_producer_epoch(-1)
        }
    }
}

fn identity(call: &Call, request: &InitProducerIdRequest) -> Result<Identity, ResponseError> {
    let node = &call.node;
    let known = Identity { id: request.producer_id.0, epoch: request.producer_epoch };
    let known = match known {
        NOBODY => None,
        Identity { id: -1, .. } | Identity { epoch: -1, .. } => {
            return Err(ResponseError::InvalidRequest);
        }
        known => Some(known),
    };
    let Some(id) = &request.transactional_id else {
        let id = node.producers.next().map_err(coordinators)?;
        return Ok(Identity { id, epoch: 0 });
    };
    let timeout_ms = request.transaction_timeout_ms;
    if id.is_empty() {
        return Err(ResponseError::InvalidRequest);
    }
    if timeout_ms <= 0 || timeout_ms > node.settings.max_transaction_ms() {
        return Err(ResponseError::InvalidTransactionTimeout);
    }
    let shared = node.transactions.get_or_create(id)?;
    shared.change(|transaction| transaction.init(Claim { known, timeout_ms }, &node.producers))
}

impl Refuse for InitProducerIdRequest {
    type Response = InitProducerIdResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> InitProducerIdResponse {
        InitProducerIdResponse::default().with_error_code(error.code()).with_producer_epoch(-1)
    }
}
