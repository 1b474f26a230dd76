//! Transactions, which the broker has not: who asks for them is told at once.

use std::time::{Duration, Instant};

use kafka_protocol::messages::{InitProducerIdRequest, TransactionalId};
use kafka_protocol::protocol::StrBytes;
use rdkafka::error::KafkaError;
use rdkafka::producer::Producer;
use rdkafka::types::RDKafkaErrorCode;

use super::bed::{Bed, SOON};
use super::raw::Raw;

#[test]
fn a_producer_with_transactions_fails_at_once() {
    let bed = Bed::new();
    let producer = bed.producer(&[("transactional.id", "a"), ("transaction.timeout.ms", "60000")]);
    let begin = Instant::now();
    let error = producer.init_transactions(Duration::from_secs(30)).unwrap_err();
    assert!(begin.elapsed() < SOON, "after {:?}", begin.elapsed());
    let KafkaError::Transaction(error) = error else { panic!("{error:?}") };
    assert_eq!(error.code(), RDKafkaErrorCode::TransactionalIdAuthorizationFailed);
    assert!(error.is_fatal());
    let text = error.to_string();
    assert!(text.ends_with(": this development broker has no transactions"), "{text}");
}

#[test]
fn a_transactional_id_gets_no_producer_id() {
    let bed = Bed::new();
    let id = TransactionalId(StrBytes::from_static_str("a"));
    let request = InitProducerIdRequest::default().with_transactional_id(Some(id));
    let response = Raw::connect(&bed.broker).call(4, &request);
    assert_eq!((response.error_code, response.producer_epoch), (53, -1));
}
