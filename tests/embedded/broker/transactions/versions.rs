//! The APIs of transactions at every version.

use kafka_protocol::messages::add_partitions_to_txn_request::AddPartitionsToTxnTopic;
use kafka_protocol::messages::describe_producers_request::TopicRequest;
use kafka_protocol::messages::txn_offset_commit_request::{
    TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use kafka_protocol::messages::*;

use super::super::batch::{EMPTY, batch, transactional};
use super::super::versions::{Tour, text, topic};

fn id(version: i16) -> TransactionalId {
    TransactionalId(text(&format!("till{version}")))
}

/// One owner a version.
fn owner(tour: &mut Tour, version: i16) -> (ProducerId, i16) {
    let request = InitProducerIdRequest::default()
        .with_transactional_id(Some(id(version)))
        .with_transaction_timeout_ms(60_000);
    let answer = tour.raw.call(4, &request);
    assert_eq!(answer.error_code, 0);
    (answer.producer_id, answer.producer_epoch)
}

pub fn transactions(tour: &mut Tour) {
    init(tour);
    let owners: Vec<_> = (0..=3).map(|version| owner(tour, version)).collect();
    let owner = |version: i16| owners[version as usize];
    let add = |version| {
        let wanted = AddPartitionsToTxnTopic::default()
            .with_name(topic("orders"))
            .with_partitions(vec![0, 1]);
        AddPartitionsToTxnRequest::default()
            .with_v3_and_below_transactional_id(id(version))
            .with_v3_and_below_producer_id(owner(version).0)
            .with_v3_and_below_producer_epoch(owner(version).1)
            .with_v3_and_below_topics(vec![wanted])
    };
    tour.every(add, |_, answer| {
        let results = &answer.results_by_topic_v3_and_below[0].results_by_partition;
        assert_eq!([0, 1].map(|at: usize| results[at].partition_error_code), [0, 0]);
    });
    let join = |version| {
        AddOffsetsToTxnRequest::default()
            .with_transactional_id(id(version))
            .with_producer_id(owner(version).0)
            .with_producer_epoch(owner(version).1)
            .with_group_id(GroupId(text("tellers")))
    };
    tour.every(join, |_, answer| assert_eq!(answer.error_code, 0));
    let commit = |version| {
        let partition = |index| {
            let partition = TxnOffsetCommitRequestPartition::default().with_partition_index(index);
            partition.with_committed_offset(3)
        };
        let wanted = TxnOffsetCommitRequestTopic::default()
            .with_name(topic("orders"))
            .with_partitions(vec![partition(0), partition(9)]);
        TxnOffsetCommitRequest::default()
            .with_transactional_id(id(version))
            .with_group_id(GroupId(text("tellers")))
            .with_producer_id(owner(version).0)
            .with_producer_epoch(owner(version).1)
            .with_topics(vec![wanted])
    };
    tour.every(commit, |_, answer| {
        let done = &answer.topics[0].partitions;
        assert_eq!((done[0].error_code, done[1].error_code), (0, 3));
    });
    described(tour);
    let end = |version| {
        EndTxnRequest::default()
            .with_transactional_id(id(version))
            .with_producer_id(owner(version).0)
            .with_producer_epoch(owner(version).1)
            .with_committed(true)
    };
    tour.every(end, |_, answer| assert_eq!(answer.error_code, 0));
    reading(tour);
}

fn init(tour: &mut Tour) {
    let init = |version: i16| {
        InitProducerIdRequest::default()
            .with_transactional_id(Some(id(version + 10)))
            .with_transaction_timeout_ms(60_000)
    };
    tour.every(init, |_, answer| assert_eq!((answer.error_code, answer.producer_epoch), (0, 0)));
}

fn described(tour: &mut Tour) {
    let describe = |_| {
        let ids = vec![id(0), id(99)];
        DescribeTransactionsRequest::default().with_transactional_ids(ids)
    };
    tour.every(describe, |_, answer| {
        let states = &answer.transaction_states;
        assert_eq!((states[0].error_code, states[1].error_code), (0, 105));
        assert_eq!(states[0].topics[0].partitions, [0, 1]);
    });
    tour.every(
        |_| ListTransactionsRequest::default().with_state_filters(vec![text("Ongoing")]),
        |_, answer| assert_eq!(answer.transaction_states.len(), 4),
    );
    let producers = |_| {
        let wanted =
            TopicRequest::default().with_name(topic("orders")).with_partition_indexes(vec![0, 9]);
        DescribeProducersRequest::default().with_topics(vec![wanted])
    };
    tour.every(producers, |_, answer| {
        let found = &answer.topics[0].partitions;
        assert_eq!((found[0].error_code, found[1].error_code), (0, 3));
    });
}

/// Records are produced, aborted and fetched at every version.
fn reading(tour: &mut Tour) {
    let (producer, epoch) = owner(tour, 50);
    let create = create_topics_request::CreatableTopic::default()
        .with_name(topic("returns"))
        .with_num_partitions(1)
        .with_replication_factor(1);
    let answer = tour.raw.call(7, &CreateTopicsRequest::default().with_topics(vec![create]));
    let uuid = answer.topics[0].topic_id;
    let wanted =
        AddPartitionsToTxnTopic::default().with_name(topic("returns")).with_partitions(vec![0]);
    let add = AddPartitionsToTxnRequest::default()
        .with_v3_and_below_transactional_id(id(50))
        .with_v3_and_below_producer_id(producer)
        .with_v3_and_below_producer_epoch(epoch)
        .with_v3_and_below_topics(vec![wanted]);
    tour.raw.call(3, &add);
    let produce = |version: i16| {
        let sequence = i32::from(version) - 3;
        let records = transactional(batch((0, 0), (producer.0, epoch, sequence), EMPTY)).freeze();
        let data =
            produce_request::PartitionProduceData::default().with_records(Some(records.clone()));
        let data = produce_request::TopicProduceData::default()
            .with_name(topic("returns"))
            .with_partition_data(vec![data]);
        ProduceRequest::default()
            .with_transactional_id(Some(id(50)))
            .with_acks(-1)
            .with_topic_data(vec![data])
    };
    tour.every(produce, |_, answer| {
        assert_eq!(answer.responses[0].partition_responses[0].error_code, 0);
    });
    let end = EndTxnRequest::default()
        .with_transactional_id(id(50))
        .with_producer_id(producer)
        .with_producer_epoch(epoch);
    tour.raw.call(3, &end);
    let fetch = |version: i16| {
        let partition =
            fetch_request::FetchPartition::default().with_partition_max_bytes(1_000_000);
        let wanted = fetch_request::FetchTopic::default().with_partitions(vec![partition]);
        let wanted = match version {
            13.. => wanted.with_topic_id(uuid),
            _ => wanted.with_topic(topic("returns")),
        };
        FetchRequest::default().with_isolation_level(1).with_topics(vec![wanted])
    };
    tour.every(fetch, |_, answer| {
        let partition = &answer.responses[0].partitions[0];
        let aborted = partition.aborted_transactions.as_deref().unwrap();
        assert_eq!((aborted.len(), aborted[0].first_offset), (1, 0));
        assert_eq!(partition.last_stable_offset, partition.high_watermark);
    });
}
