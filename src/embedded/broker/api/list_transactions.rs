//! Lists transactional ids (KIP-664, KIP-994).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::list_transactions_response::TransactionState;
use kafka_protocol::messages::{
    ListTransactionsRequest, ListTransactionsResponse, ProducerId, TransactionalId,
};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::now_ms;
use crate::embedded::broker::transactions::{Filter, State, Transaction};
use crate::embedded::broker::wire::{Call, text};

/// All transactional ids that the filters let through.
pub fn handle(call: &Call, request: ListTransactionsRequest) -> ListTransactionsResponse {
    let unknown = request.state_filters.iter().filter(|name| !State::known(name));
    let unknown = unknown.map(|name| text(name)).collect();
    let filter = Filter {
        states: request.state_filters.iter().map(ToString::to_string).collect(),
        producers: request.producer_id_filters.iter().map(|id| id.0).collect(),
        longer_ms: request.duration_filter,
    };
    let now = now_ms();
    let all = call.node.transactions.all();
    let shown = all.iter().filter_map(|(id, shared)| {
        shared.with(|transaction| filter.shows(transaction, now).then(|| state(id, transaction)))
    });
    ListTransactionsResponse::default()
        .with_transaction_states(shown.collect())
        .with_unknown_state_filters(unknown)
}

fn state(id: &str, transaction: &Transaction) -> TransactionState {
    TransactionState::default()
        .with_transactional_id(TransactionalId(text(id)))
        .with_producer_id(ProducerId(transaction.owner.id))
        .with_transaction_state(text(transaction.state.as_str()))
}

impl Refuse for ListTransactionsRequest {
    type Response = ListTransactionsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ListTransactionsResponse {
        ListTransactionsResponse::default().with_error_code(error.code())
    }
}
