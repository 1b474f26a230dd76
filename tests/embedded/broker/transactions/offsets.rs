//! Offsets in transactions, by the byte.

use kafka_protocol::messages::offset_commit_request::{
    OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use kafka_protocol::messages::offset_fetch_request::{
    OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};
use kafka_protocol::messages::txn_offset_commit_request::{
    TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use kafka_protocol::messages::*;

use super::super::versions::{text, topic};
use super::wire::{FENCED, INVALID_STATE, OLD_EPOCH, Owner, Wire, patiently, until};
use crate::support::on_each_stack;

const ILLEGAL_GENERATION: i16 = 22;
const UNKNOWN_MEMBER: i16 = 25;
const UNSTABLE: i16 = 88;

impl Wire {
    fn group(&self) -> GroupId {
        GroupId(text(&self.topic))
    }

    /// Takes the group into the transaction.
    fn add_group(&mut self, version: i16, owner: Owner) -> i16 {
        let request = AddOffsetsToTxnRequest::default()
            .with_transactional_id(self.transactional_id())
            .with_producer_id(ProducerId(owner.0))
            .with_producer_epoch(owner.1)
            .with_group_id(self.group());
        let busy = [14, 15, 16, 51];
        let ask = || match self.raw.call(version, &request).error_code {
            code if busy.contains(&code) => Err(code),
            code => Ok(code),
        };
        patiently(ask).unwrap()
    }

    /// Commits `offset` for partitions 0 and 9 in the transaction: the errors.
    fn hold(&mut self, owner: Owner, offset: i64, member: (&str, i32)) -> [i16; 2] {
        let partition = |index| {
            let partition = TxnOffsetCommitRequestPartition::default().with_partition_index(index);
            partition.with_committed_offset(offset).with_committed_metadata(Some(text("note")))
        };
        let wanted = TxnOffsetCommitRequestTopic::default()
            .with_name(topic(&self.topic))
            .with_partitions(vec![partition(0), partition(9)]);
        let request = TxnOffsetCommitRequest::default()
            .with_transactional_id(self.transactional_id())
            .with_group_id(self.group())
            .with_producer_id(ProducerId(owner.0))
            .with_producer_epoch(owner.1)
            .with_member_id(text(member.0))
            .with_generation_id(member.1)
            .with_topics(vec![wanted]);
        let busy = [14, 15, 16, 51];
        let ask = || {
            let answer = self.raw.call(3, &request);
            let done: Vec<_> = answer.topics[0].partitions.iter().collect();
            let code =
                |index| done.iter().find(|one| one.partition_index == index).unwrap().error_code;
            if busy.contains(&code(0)) { Err(code(0)) } else { Ok([code(0), code(9)]) }
        };
        patiently(ask).unwrap()
    }

    /// Commits `offset` for partition 0 without a transaction.
    fn commit(&mut self, offset: i64) {
        let partition = OffsetCommitRequestPartition::default().with_committed_offset(offset);
        let wanted = OffsetCommitRequestTopic::default()
            .with_name(topic(&self.topic))
            .with_partitions(vec![partition]);
        let request =
            OffsetCommitRequest::default().with_group_id(self.group()).with_topics(vec![wanted]);
        let mut ask = || self.raw.call(8, &request).topics[0].partitions[0].error_code;
        assert_eq!(patiently(|| Ok(ask())), Ok(0));
    }

    /// The error and the offset of partition 0.
    fn committed(&mut self, stable: bool) -> (i16, i64) {
        let wanted = OffsetFetchRequestTopics::default()
            .with_name(topic(&self.topic))
            .with_partition_indexes(vec![0]);
        let wanted = OffsetFetchRequestGroup::default()
            .with_group_id(self.group())
            .with_topics(Some(vec![wanted]));
        let request =
            OffsetFetchRequest::default().with_require_stable(stable).with_groups(vec![wanted]);
        let answer = self.raw.call(8, &request);
        assert_eq!(answer.groups[0].error_code, 0);
        let found = &answer.groups[0].topics[0].partitions[0];
        (found.error_code, found.committed_offset)
    }
}

const NO_MEMBER: (&str, i32) = ("", -1);

on_each_stack! {
    fn offsets_count_once_the_transaction_is_committed(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        wire.commit(1);
        assert_eq!(wire.add_group(3, owner), 0);
        assert_eq!(wire.hold(owner, 5, NO_MEMBER), [0, 3]);
        assert_eq!(wire.committed(true), (UNSTABLE, -1));
        assert_eq!(wire.committed(false), (0, 1));
        assert_eq!(wire.end(3, owner, true), 0);
        until(|| wire.committed(true) == (0, 5));
        assert_eq!(wire.committed(false), (0, 5));
    }

    fn offsets_of_an_aborted_transaction_are_dropped(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        wire.commit(1);
        assert_eq!(wire.add_group(3, owner), 0);
        assert_eq!(wire.hold(owner, 5, NO_MEMBER), [0, 3]);
        assert_eq!(wire.end(3, owner, false), 0);
        until(|| wire.committed(true) == (0, 1));
    }

    /// What was committed after an offset of the transaction stays.
    fn a_later_commit_stays(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.add_group(3, owner), 0);
        assert_eq!(wire.hold(owner, 5, NO_MEMBER), [0, 3]);
        wire.commit(7);
        assert_eq!(wire.end(3, owner, true), 0);
        until(|| wire.committed(true) == (0, 7));
    }

    fn offsets_outside_of_the_transaction_are_refused(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let first = wire.claim();
        assert_eq!(wire.hold(first, 5, NO_MEMBER), [INVALID_STATE, 3]);
        let owner = wire.claim();
        assert_eq!(wire.add_group(3, first), FENCED);
        assert_eq!(wire.add_group(1, first), OLD_EPOCH);
        assert_eq!(wire.add_group(3, owner), 0);
        assert_eq!(wire.hold(first, 5, NO_MEMBER), [OLD_EPOCH, 3]);
        assert_eq!(wire.hold(owner, 5, NO_MEMBER), [0, 3]);
    }

    /// A consumer that its group has forgotten commits nothing (KIP-447).
    fn a_stranger_to_the_group_is_refused(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        assert_eq!(wire.add_group(3, owner), 0);
        assert_eq!(wire.hold(owner, 5, ("nobody", 3)), [ILLEGAL_GENERATION, 3]);
        wire.commit(1);
        assert_eq!(wire.hold(owner, 5, ("nobody", 3)), [UNKNOWN_MEMBER, 3]);
        assert_eq!(wire.hold(owner, 5, NO_MEMBER), [0, 3]);
    }
}
