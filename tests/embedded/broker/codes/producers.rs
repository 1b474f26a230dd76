//! Producers with an id, and offsets within transactions.

use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::txn_offset_commit_request::{
    TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use kafka_protocol::messages::*;

use super::super::transactions::wire::Wire;
use super::super::versions::{text, topic};
use super::consumer_groups::join;
use super::sample::group;
use super::table::Table;
use crate::support::on_each_stack;

on_each_stack! {
    fn without_transactions(stack: &Stack) {
        let mut table = Table::new(stack);
        let init = |id, epoch, timeout| {
            InitProducerIdRequest::default()
                .with_transactional_id(None)
                .with_producer_id(ProducerId(id))
                .with_producer_epoch(epoch)
                .with_transaction_timeout_ms(timeout)
        };
        let mut row = |what: &str, expected: Option<E>, request: InitProducerIdRequest| {
            table.row(what, expected, |raw| raw.call(4, &request).error_code);
        };
        row("a new one", None, init(-1, -1, 60_000));
        row("with any timeout", None, init(-1, -1, 0));
        row("known already", None, init(5, 0, 60_000));
        row("an id without epoch", Some(E::InvalidRequest), init(5, -1, 60_000));
        table.check();
    }

    fn offsets(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        let clerks = stack.name("clerks");
        let (id, orders) = (wire.transactional_id(), wire.topic.clone());
        let commit = |name: &str, to: &str| {
            let wanted = TxnOffsetCommitRequestPartition::default();
            let wanted = TxnOffsetCommitRequestTopic::default()
                .with_name(topic(to))
                .with_partitions(vec![wanted]);
            TxnOffsetCommitRequest::default()
                .with_transactional_id(id.clone())
                .with_group_id(group(name))
                .with_producer_id(ProducerId(owner.0))
                .with_producer_epoch(owner.1)
                .with_topics(vec![wanted])
        };
        let add = |name: &str| {
            AddOffsetsToTxnRequest::default()
                .with_transactional_id(id.clone())
                .with_group_id(group(name))
                .with_producer_id(ProducerId(owner.0))
                .with_producer_epoch(owner.1)
        };
        let mut table = Table::new(stack);
        table.row("offsets of no group", None, |raw| {
            raw.call(3, &add("")).error_code
        });
        table.row("offsets", None, |raw| raw.call(3, &add(&clerks)).error_code);
        let mut row = |what: &str, expected: Option<E>, request: TxnOffsetCommitRequest| {
            table.row(what, expected, |raw| {
                raw.call(3, &request).topics[0].partitions[0].error_code
            });
        };
        row("no group", Some(E::InvalidGroupId), commit("", &orders));
        let member = |generation| commit(&clerks, &orders).with_generation_id(generation);
        row("a member of no group", Some(E::IllegalGeneration), member(1).with_member_id(text("x")));
        let named = member(-1).with_member_id(text("x"));
        row("a member without generation", None, named);
        row("no topic", Some(E::UnknownTopicOrPartition), commit(&clerks, "nobody"));
        row("nobody in particular", None, commit(&clerks, &orders));
        // A member to which the broker assigns (KIP-848).
        let beat = join(&clerks, "anna", &orders);
        table.row("a member joins", None, |raw| raw.call(1, &beat).error_code);
        let mut row = |what: &str, expected: Option<E>, member: &str, epoch| {
            let request = commit(&clerks, &orders).with_member_id(text(member));
            let request = request.with_generation_id(epoch);
            table.row(what, expected, |raw| {
                raw.call(3, &request).topics[0].partitions[0].error_code
            });
        };
        row("with its epoch", None, "anna", 1);
        row("with another epoch", Some(E::IllegalGeneration), "anna", 7);
        row("a stranger", Some(E::UnknownMemberId), "zoe", 1);
        table.check();
    }
}
