//! `kafkaefd up` ends at once, whatever its clients wait for.

use std::time::{Duration, Instant};

use kafka_protocol::messages::fetch_request::{FetchPartition, FetchTopic};
use kafka_protocol::messages::*;
use kafka_protocol::protocol::StrBytes;
use tempfile::TempDir;

use crate::embedded::broker::raw::{Raw, frame};
use crate::support::Running;

fn text(value: &str) -> StrBytes {
    StrBytes::from_string(value.to_owned())
}

/// A question that the broker answers in ten minutes.
fn waiting() -> FetchRequest {
    let partition = FetchPartition::default().with_partition_max_bytes(1000);
    let topic = FetchTopic::default()
        .with_topic(TopicName(text("orders")))
        .with_partitions(vec![partition]);
    FetchRequest::default().with_max_wait_ms(600_000).with_min_bytes(1).with_topics(vec![topic])
}

/// Opens a transaction that writes to `orders`, and leaves it so.
fn open_transaction(raw: &mut Raw, id: &str) {
    let id = TransactionalId(text(id));
    let owner = InitProducerIdRequest::default()
        .with_transactional_id(Some(id.clone()))
        .with_transaction_timeout_ms(600_000);
    let owner = raw.call(4, &owner);
    let topic = add_partitions_to_txn_request::AddPartitionsToTxnTopic::default()
        .with_name(TopicName(text("orders")))
        .with_partitions(vec![0]);
    let add = AddPartitionsToTxnRequest::default()
        .with_v3_and_below_transactional_id(id)
        .with_v3_and_below_producer_id(owner.producer_id)
        .with_v3_and_below_producer_epoch(owner.producer_epoch)
        .with_v3_and_below_topics(vec![topic]);
    let answer = raw.call(3, &add);
    let result = &answer.results_by_topic_v3_and_below[0].results_by_partition[0];
    assert_eq!(result.partition_error_code, 0);
}

#[test]
fn ctrl_c_ends_it_with_many_clients_fetches_and_transactions() {
    let home = TempDir::new().unwrap();
    let mut up = Running::start(home.path(), &["up", "--port", "0", "--registry-port", "0"]);
    let broker = up.lines(8)[1].rsplit(' ').next().unwrap().to_owned();
    let wanted = metadata_request::MetadataRequestTopic::default();
    let wanted = wanted.with_name(Some(TopicName(text("orders"))));
    let create = MetadataRequest::default()
        .with_topics(Some(vec![wanted]))
        .with_allow_auto_topic_creation(true);
    let mut clients: Vec<Raw> = (0..200).map(|_| Raw::to(&broker)).collect();
    assert_eq!(clients[0].call(9, &create).topics[0].error_code, 0);
    for (number, client) in clients.iter_mut().enumerate() {
        open_transaction(client, &format!("till{number}"));
        client.send(&frame(4, &waiting()));
    }
    let begun = Instant::now();
    let ended = up.stop("INT");
    let took = begun.elapsed();
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
    println!("ended {took:?} after Ctrl-C");
    // The promise is a second; a busy machine must not decide about it here. Its clients wait for
    // ten minutes.
    assert!(took < Duration::from_secs(100), "{took:?}");
    assert!(clients.iter_mut().all(|client| client.receive().is_none()));
}
