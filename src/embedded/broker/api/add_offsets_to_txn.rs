//! Takes the offsets of a group into a transaction (KIP-98).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::{AddOffsetsToTxnRequest, AddOffsetsToTxnResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::producers::Identity;
use crate::embedded::broker::transactions::fenced;
use crate::embedded::broker::wire::Call;

/// The first version whose clients know `PRODUCER_FENCED`.
const KNOWS_FENCED: i16 = 2;

/// Lets the transaction commit offsets of the group.
pub fn handle(call: &Call, request: AddOffsetsToTxnRequest) -> AddOffsetsToTxnResponse {
    let error = add(call, &request).err();
    let code = error.map_or(0, |e| fenced(e, call.version >= KNOWS_FENCED).code());
    AddOffsetsToTxnResponse::default().with_error_code(code)
}

fn add(call: &Call, request: &AddOffsetsToTxnRequest) -> Result<(), ResponseError> {
    let producer = Identity { id: request.producer_id.0, epoch: request.producer_epoch };
    let shared = call.node.transactions.get(&request.transactional_id)?;
    shared.change(|transaction| transaction.add_group(producer, &request.group_id))
}

impl Refuse for AddOffsetsToTxnRequest {
    type Response = AddOffsetsToTxnResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> AddOffsetsToTxnResponse {
        AddOffsetsToTxnResponse::default().with_error_code(error.code())
    }
}
