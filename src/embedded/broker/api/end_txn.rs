//! Commits or aborts a transaction (KIP-98).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::{EndTxnRequest, EndTxnResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::log::Outcome;
use crate::embedded::broker::producers::Identity;
use crate::embedded::broker::transactions::fenced;
use crate::embedded::broker::wire::Call;

/// The first version whose clients know `PRODUCER_FENCED`.
const KNOWS_FENCED: i16 = 2;

/// Ends the transaction; when the client learns of it, every partition has.
pub fn handle(call: &Call, request: EndTxnRequest) -> EndTxnResponse {
    let error = end(call, &request).err();
    let code = error.map_or(0, |e| fenced(e, call.version >= KNOWS_FENCED).code());
    EndTxnResponse::default().with_error_code(code)
}

fn end(call: &Call, request: &EndTxnRequest) -> Result<(), ResponseError> {
    let producer = Identity { id: request.producer_id.0, epoch: request.producer_epoch };
    let outcome = if request.committed { Outcome::Commit } else { Outcome::Abort };
    let shared = call.node.transactions.get(&request.transactional_id)?;
    shared.change(|transaction| transaction.finish(producer, outcome))
}

impl Refuse for EndTxnRequest {
    type Response = EndTxnResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> EndTxnResponse {
        EndTxnResponse::default().with_error_code(error.code())
    }
}
