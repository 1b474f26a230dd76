//! What a transactional producer makes of a coordinator that refuses it or loses its answers.

use rdkafka::error::RDKafkaErrorCode;
use rdkafka::producer::Producer;

use super::super::fixture::SOON;
use super::clients::{create, producer, refused, seen, send};
use crate::support::Stack;

/// Writes one record in a transaction while `fault` is set, and tells how often `api` was asked.
fn commit_with(api: &str, fault: impl Fn(&kafkaefd::embedded::broker::Control)) -> u64 {
    let stack = Stack::new();
    let broker = stack.faults();
    create(&stack, "orders", 1);
    fault(&broker);
    let producer = producer(&stack, "till", &[]);
    producer.begin_transaction().unwrap();
    send(&producer, "orders", &["a"]);
    producer.commit_transaction(SOON).unwrap();
    assert_eq!(seen(&stack, "orders", true), ["a"]);
    assert_eq!(seen(&stack, "orders", false), ["a"]);
    broker.requests_of(api).unwrap()
}

#[test]
fn a_coordinator_that_loads_is_asked_again() {
    for api in ["InitProducerId", "AddPartitionsToTxn", "EndTxn"] {
        let fault = |broker: &kafkaefd::embedded::broker::Control| {
            broker.fail(api, "COORDINATOR_LOAD_IN_PROGRESS", 1).unwrap();
        };
        assert_eq!(commit_with(api, fault), 2, "{api}");
    }
}

#[test]
fn a_transaction_that_still_ends_is_waited_for() {
    let fault = |broker: &kafkaefd::embedded::broker::Control| {
        broker.fail("AddPartitionsToTxn", "CONCURRENT_TRANSACTIONS", 3).unwrap();
    };
    assert_eq!(commit_with("AddPartitionsToTxn", fault), 4);
}

/// The end was carried out, and asking again must not be an error.
#[test]
fn a_commit_whose_answer_is_lost_counts_once() {
    let fault = |broker: &kafkaefd::embedded::broker::Control| {
        broker.lose("Produce", 1).unwrap();
        broker.lose("EndTxn", 1).unwrap();
    };
    assert_eq!(commit_with("EndTxn", fault), 2);
}

#[test]
fn a_fenced_producer_is_fatal() {
    let stack = Stack::new();
    create(&stack, "orders", 1);
    let producer = producer(&stack, "till", &[]);
    producer.begin_transaction().unwrap();
    send(&producer, "orders", &["a"]);
    stack.faults().fail("EndTxn", "PRODUCER_FENCED", 1).unwrap();
    let error = refused(producer.commit_transaction(SOON));
    assert_eq!((error.code(), error.is_fatal()), (RDKafkaErrorCode::Fenced, true));
    assert_eq!(seen(&stack, "orders", true), [] as [&str; 0]);
}
