//! What readers of all and of committed records get, byte by byte.

use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::{BrokerId, ListOffsetsRequest};

use super::super::versions::topic;
use super::wire::{Owner, Wire, record};
use crate::support::on_each_stack;

/// The offset and, from version 2 on, what a list of offsets says about `timestamp`.
fn listed(wire: &mut Wire, timestamp: i64, committed: bool) -> i64 {
    let partition = ListOffsetsPartition::default().with_timestamp(timestamp);
    let wanted =
        ListOffsetsTopic::default().with_name(topic(&wire.topic)).with_partitions(vec![partition]);
    let request = ListOffsetsRequest::default()
        .with_replica_id(BrokerId(-1))
        .with_isolation_level(i8::from(committed))
        .with_topics(vec![wanted]);
    wire.raw.call(7, &request).topics[0].partitions[0].offset
}

/// The offsets of the batches in `records`.
fn offsets(records: Option<bytes::Bytes>) -> Vec<i64> {
    let mut rest = records.unwrap_or_default();
    let mut offsets = Vec::new();
    while !rest.is_empty() {
        offsets.push(i64::from_be_bytes(rest[..8].try_into().unwrap()));
        let length = u32::from_be_bytes(rest[8..12].try_into().unwrap()) as usize;
        rest = rest.slice(12 + length..);
    }
    offsets
}

on_each_stack! {
    /// An open transaction hides itself and what stands behind it.
    fn an_open_transaction_holds_back_the_last_stable_offset(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        let nobody = record(Owner(-1, -1), -1);
        assert_eq!(wire.produce(None, nobody.clone()), (0, 0));
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 1));
        assert_eq!(wire.produce(None, nobody), (0, 2));
        let committed = wire.fetch(0, true);
        assert_eq!((committed.high_watermark, committed.last_stable_offset), (3, 1));
        assert_eq!(offsets(committed.records), [0]);
        assert_eq!(offsets(wire.fetch(1, true).records), [0; 0]);
        let all = wire.fetch(0, false);
        assert_eq!((all.high_watermark, all.last_stable_offset), (3, 1));
        assert_eq!(all.aborted_transactions, None);
        assert_eq!(offsets(all.records), [0, 1, 2]);
        assert_eq!([listed(&mut wire, -1, false), listed(&mut wire, -1, true)], [3, 1]);
        assert_eq!([listed(&mut wire, 1000, false), listed(&mut wire, 1000, true)], [0, 0]);
        assert_eq!(wire.end(3, owner, true), 0);
        wire.stable(4);
        assert_eq!(offsets(wire.fetch(0, true).records), [0, 1, 2, 3]);
        assert_eq!(listed(&mut wire, -1, true), 4);
    }

    /// A record of an open transaction cannot be found by its time either.
    fn no_time_leads_into_an_open_transaction(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 0));
        assert_eq!([listed(&mut wire, 0, false), listed(&mut wire, 0, true)], [0, -1]);
    }

    /// The list names just the aborted transactions among the records of the answer.
    fn aborted_transactions_are_listed_where_they_matter(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = wire.claim();
        for (sequence, commit) in [(0, false), (1, true), (2, false)] {
            wire.begin(owner);
            assert_eq!(wire.send(owner, sequence), (0, i64::from(2 * sequence)));
            assert_eq!(wire.end(3, owner, commit), 0);
            wire.stable(i64::from(2 * sequence + 2));
        }
        let mut aborted = |from| {
            let listed = wire.fetch(from, true).aborted_transactions.unwrap_or_default();
            assert!(listed.iter().all(|one| one.producer_id.0 == owner.0));
            listed.iter().map(|one| one.first_offset).collect::<Vec<_>>()
        };
        assert_eq!(aborted(0), [0, 4]);
        assert_eq!(aborted(1), [0, 4]);
        assert_eq!(aborted(2), [4]);
        assert_eq!(aborted(6), [0; 0]);
    }

    /// The end of a transaction is a control batch as KIP-98 lays it out.
    fn the_end_is_a_control_batch(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let Owner(id, epoch) = wire.claim();
        for (commit, at) in [(false, 0), (true, 1)] {
            wire.begin(Owner(id, epoch));
            assert_eq!(wire.end(3, Owner(id, epoch), commit), 0);
            wire.stable(at + 1);
            let batch = wire.fetch(at, false).records.unwrap();
            let checked = &batch[21..];
            assert_eq!(batch[..12], [&at.to_be_bytes()[..], &[0, 0, 0, 66]].concat());
            assert_eq!(batch[12..17], [0, 0, 0, 0, 2]);
            assert_eq!(batch[17..21], crc32c::crc32c(checked).to_be_bytes());
            assert_eq!(checked[..6], [0, 0x30, 0, 0, 0, 0]);
            assert_eq!(checked[6..14], checked[14..22], "the time, twice");
            assert_eq!(checked[22..32], [&id.to_be_bytes()[..], &epoch.to_be_bytes()].concat());
            assert_eq!(checked[32..40], [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1]);
            let key = [8, 0, 0, 0, u8::from(commit)];
            let record = [&[32, 0, 0, 0][..], &key, &[12, 0, 0, 0, 0, 0, 0, 0]].concat();
            assert_eq!(checked[40..], record);
        }
    }
}
