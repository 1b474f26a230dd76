//! What administrators see of transactions (KIP-664).

use kafka_protocol::messages::describe_producers_request::TopicRequest;
use kafka_protocol::messages::*;

use super::super::versions::{text, topic};
use super::wire::{Owner, Wire, until};
use crate::support::on_each_stack;

impl Wire {
    /// The owner, the state and the topics of the transactional id.
    fn described(&mut self) -> (Owner, String, Vec<(String, Vec<i32>)>) {
        let request = DescribeTransactionsRequest::default()
            .with_transactional_ids(vec![self.transactional_id()]);
        let answer = self.raw.call(0, &request);
        let state = &answer.transaction_states[0];
        assert_eq!((state.error_code, state.transaction_timeout_ms), (0, 60_000));
        let topics = state.topics.iter();
        let topics = topics.map(|one| (one.topic.to_string(), one.partitions.clone())).collect();
        let owner = Owner(state.producer_id.0, state.producer_epoch);
        (owner, state.transaction_state.to_string(), topics)
    }

    /// The state of the transactional id in a list of those in `states`.
    fn listed(&mut self, states: &[&str]) -> Option<String> {
        let request = ListTransactionsRequest::default()
            .with_state_filters(states.iter().map(|state| text(state)).collect());
        let answer = self.raw.call(1, &request);
        assert_eq!(answer.error_code, 0);
        let mut states = answer.transaction_states.iter();
        let found = states.find(|state| *state.transactional_id == *self.id);
        found.map(|state| state.transaction_state.to_string())
    }

    /// Epoch, last sequence and beginning of the open transaction of the owner in partition 0.
    fn producing(&mut self, owner: Owner) -> Option<(i32, i32, i64)> {
        let wanted =
            TopicRequest::default().with_name(topic(&self.topic)).with_partition_indexes(vec![0]);
        let request = DescribeProducersRequest::default().with_topics(vec![wanted]);
        let answer = self.raw.call(0, &request);
        let partition = &answer.topics[0].partitions[0];
        assert_eq!((partition.error_code, &partition.error_message), (0, &None));
        let state = partition.active_producers.iter().find(|one| one.producer_id.0 == owner.0)?;
        Some((state.producer_epoch, state.last_sequence, state.current_txn_start_offset))
    }
}

on_each_stack! {
    fn a_transaction_shows_what_it_does(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.described(), (owner, "Empty".to_owned(), vec![]));
        assert_eq!(wire.producing(owner), None);
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 0));
        let topics = vec![(wire.topic.clone(), vec![0])];
        assert_eq!(wire.described(), (owner, "Ongoing".to_owned(), topics));
        assert_eq!(wire.listed(&[]), Some("Ongoing".to_owned()));
        assert_eq!(wire.listed(&["Ongoing"]), Some("Ongoing".to_owned()));
        assert_eq!(wire.listed(&["Empty"]), None);
        assert_eq!(wire.producing(owner), Some((0, 0, 0)));
        assert_eq!(wire.end(3, owner, true), 0);
        wire.stable(2);
        until(|| wire.described() == (owner, "CompleteCommit".to_owned(), vec![]));
        assert_eq!(wire.producing(owner), Some((0, 0, -1)));
        assert_eq!(wire.listed(&["CompleteCommit", "CompleteAbort"]).unwrap(), "CompleteCommit");
    }

    fn what_is_not_there_is_said(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let id = |name: &str| TransactionalId(text(&stack.name(name)));
        let request = DescribeTransactionsRequest::default()
            .with_transactional_ids(vec![id("nobody"), TransactionalId::default()]);
        let answer = wire.raw.call(0, &request);
        let codes: Vec<_> = answer.transaction_states.iter().map(|one| one.error_code).collect();
        assert_eq!(codes, [105, 42]);
        let states = ["Empty", "Asleep"].map(text).to_vec();
        let request = ListTransactionsRequest::default().with_state_filters(states);
        assert_eq!(wire.raw.call(1, &request).unknown_state_filters, [text("Asleep")]);
        let wanted = TopicRequest::default()
            .with_name(topic(&wire.topic))
            .with_partition_indexes(vec![9]);
        let request = DescribeProducersRequest::default().with_topics(vec![wanted]);
        assert_eq!(wire.raw.call(0, &request).topics[0].partitions[0].error_code, 3);
    }

    /// A list can be kept to one producer, and to what was begun long ago.
    fn a_list_can_be_narrowed(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        wire.begin(owner);
        let mut listed = |id: i64, longer: i64| {
            let request = ListTransactionsRequest::default()
                .with_producer_id_filters(vec![ProducerId(id)])
                .with_duration_filter(longer);
            wire.raw.call(1, &request).transaction_states.len()
        };
        assert_eq!([listed(owner.0, -1), listed(owner.0 + 1_000_000, -1)], [1, 0]);
        assert_eq!(listed(owner.0, 3_600_000), 0);
    }
}
