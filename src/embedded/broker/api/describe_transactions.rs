//! What transactional ids are doing (KIP-664).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_transactions_response::{TopicData, TransactionState};
use kafka_protocol::messages::{
    DescribeTransactionsRequest, DescribeTransactionsResponse, ProducerId, TransactionalId,
};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::transactions::Transaction;
use crate::embedded::broker::wire::{Call, text, topic_name};

/// The owner and the open transaction of each id. Kafka's internal topic of offsets, which an open
/// transaction may write to, does not exist here and is not listed.
pub fn handle(call: &Call, request: DescribeTransactionsRequest) -> DescribeTransactionsResponse {
    let states = request.transactional_ids.iter().map(|id| state(call, id)).collect();
    DescribeTransactionsResponse::default().with_transaction_states(states)
}

fn state(call: &Call, id: &str) -> TransactionState {
    let state = match call.node.transactions.get(id) {
        Ok(shared) => shared.with(|transaction| describe(transaction)),
        Err(ResponseError::InvalidProducerIdMapping) => {
            refuse(ResponseError::TransactionalIdNotFound)
        }
        Err(error) => refuse(error),
    };
    state.with_transactional_id(TransactionalId(text(id)))
}

fn refuse(error: ResponseError) -> TransactionState {
    TransactionState::default().with_error_code(error.code())
}

fn describe(transaction: &Transaction) -> TransactionState {
    let topic = |(name, partitions)| {
        TopicData::default().with_topic(topic_name(name)).with_partitions(partitions)
    };
    TransactionState::default()
        .with_transaction_state(text(transaction.state.as_str()))
        .with_transaction_timeout_ms(transaction.timeout_ms)
        .with_transaction_start_time_ms(transaction.started_ms)
        .with_producer_id(ProducerId(transaction.owner.id))
        .with_producer_epoch(transaction.owner.epoch)
        .with_topics(transaction.topics().into_iter().map(topic).collect())
}

impl Refuse for DescribeTransactionsRequest {
    type Response = DescribeTransactionsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeTransactionsResponse {
        let one = |id: &str| refuse(error).with_transactional_id(TransactionalId(text(id)));
        let states = self.transactional_ids.iter().map(|id| one(id)).collect();
        DescribeTransactionsResponse::default().with_transaction_states(states)
    }
}
