//! Transactions and the ids of producers.

use kafka_protocol::messages::GroupId;
use kafka_protocol::messages::offset_fetch_request::OffsetFetchRequestTopic;
use kafka_protocol::messages::txn_offset_commit_request::{
    TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use kafka_protocol::messages::{
    AddOffsetsToTxnRequest, InitProducerIdRequest, OffsetFetchRequest, ProducerId,
    TxnOffsetCommitRequest,
};

use super::fixture::Kept;
use crate::embedded::broker::raw::Raw;
use crate::embedded::broker::transactions::wire::{FENCED, NOBODY, Owner, Wire, patiently};
use crate::embedded::broker::versions::{text, topic};
use crate::support::Stack;

/// A stack at the broker of `kept`, whose names stay the same.
fn stack(kept: &Kept) -> Stack {
    Stack::at(&kept.bed().broker.bootstrap(), "", "000000")
}

/// `wire` at the broker after its restart.
fn again(kept: &mut Kept, wire: Wire) -> Wire {
    kept.restart();
    Wire { raw: Raw::to(stack(kept).broker()), ..wire }
}

/// The offsets of aborted transactions, and the last stable and the next offset.
fn seen(wire: &mut Wire) -> (Vec<i64>, i64, i64) {
    let chunk = wire.fetch(0, true);
    let aborted = chunk.aborted_transactions.unwrap_or_default();
    let aborted = aborted.iter().map(|aborted| aborted.first_offset).collect();
    (aborted, chunk.last_stable_offset, chunk.high_watermark)
}

fn group(wire: &Wire) -> GroupId {
    GroupId(text(&format!("clerks of {}", wire.id)))
}

/// Holds the offset 7 of partition 0 in the transaction.
fn hold(wire: &mut Wire, owner: Owner) {
    let add = AddOffsetsToTxnRequest::default()
        .with_transactional_id(wire.transactional_id())
        .with_producer_id(ProducerId(owner.0))
        .with_producer_epoch(owner.1)
        .with_group_id(group(wire));
    assert_eq!(wire.raw.call(3, &add).error_code, 0);
    let partition = TxnOffsetCommitRequestPartition::default().with_committed_offset(7);
    let wanted = TxnOffsetCommitRequestTopic::default()
        .with_name(topic(&wire.topic))
        .with_partitions(vec![partition]);
    let commit = TxnOffsetCommitRequest::default()
        .with_transactional_id(wire.transactional_id())
        .with_group_id(group(wire))
        .with_producer_id(ProducerId(owner.0))
        .with_producer_epoch(owner.1)
        .with_generation_id(-1)
        .with_topics(vec![wanted]);
    assert_eq!(wire.raw.call(3, &commit).topics[0].partitions[0].error_code, 0);
}

/// The committed offset of partition 0, or the error of a reader who wants a stable one.
fn offset(wire: &mut Wire) -> Result<i64, i16> {
    let wanted = OffsetFetchRequestTopic::default()
        .with_name(topic(&wire.topic))
        .with_partition_indexes(vec![0]);
    let fetch = OffsetFetchRequest::default()
        .with_group_id(group(wire))
        .with_require_stable(true)
        .with_topics(Some(vec![wanted]));
    let answer = wire.raw.call(7, &fetch);
    let partition = &answer.topics[0].partitions[0];
    if partition.error_code == 0 {
        Ok(partition.committed_offset)
    } else {
        Err(partition.error_code)
    }
}

const UNSTABLE: i16 = 88;

#[test]
fn an_open_transaction_goes_on_after_a_restart() {
    for (commit, expected) in [(true, Ok(7)), (false, Ok(-1))] {
        let mut kept = Kept::new();
        let mut wire = Wire::new(&stack(&kept));
        let owner = wire.claim();
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 0));
        hold(&mut wire, owner);
        let mut wire = again(&mut kept, wire);
        assert_eq!(seen(&mut wire), (vec![], 0, 1));
        assert_eq!(offset(&mut wire), Err(UNSTABLE));
        assert_eq!(wire.send(owner, 0), (0, 0), "a batch sent twice");
        assert_eq!(wire.send(owner, 1), (0, 1));
        assert_eq!(wire.end(3, owner, commit), 0);
        for _ in 0..2 {
            assert_eq!(seen(&mut wire), (if commit { vec![] } else { vec![0] }, 3, 3));
            assert_eq!(offset(&mut wire), expected);
            assert_eq!(wire.end(3, owner, commit), 0, "ended again");
            wire = again(&mut kept, wire);
        }
        wire.begin(owner);
        assert_eq!(wire.send(owner, 2), (0, 3));
    }
}

#[test]
fn the_time_of_an_open_transaction_ends_after_a_restart() {
    let mut kept = Kept::new();
    let mut wire = Wire::new(&stack(&kept));
    let owner = patiently(|| wire.init(4, NOBODY, 300)).unwrap();
    wire.begin(owner);
    assert_eq!(wire.send(owner, 0), (0, 0));
    let mut wire = again(&mut kept, wire);
    wire.stable(2);
    assert_eq!(seen(&mut wire), (vec![0], 2, 2));
    let mut wire = again(&mut kept, wire);
    assert_eq!(seen(&mut wire), (vec![0], 2, 2));
    assert_eq!(wire.end(3, owner, true), FENCED);
    // The owner asks for the epoch that fenced it.
    let next = wire.init(4, owner, 300).unwrap();
    assert_eq!(next, Owner(owner.0, owner.1 + 1));
}

/// What was decided before the broker was killed is carried out when it starts, where it was not.
#[test]
fn a_decided_transaction_is_ended_at_the_start() {
    for (state, aborted, committed) in
        [("PrepareCommit", vec![], Ok(7)), ("PrepareAbort", vec![0], Ok(-1))]
    {
        let mut kept = Kept::new();
        let mut wire = Wire::new(&stack(&kept));
        let owner = wire.claim();
        assert_eq!(wire.add(3, owner, &[0, 1]), [0, 0]);
        assert_eq!(wire.send(owner, 0), (0, 0));
        hold(&mut wire, owner);
        kept.stop();
        decide(&kept, state);
        assert_eq!(kept.start(), Vec::<String>::new());
        wire.raw = Raw::to(stack(&kept).broker());
        for _ in 0..2 {
            assert_eq!(seen(&mut wire), (aborted.clone(), 2, 2));
            assert_eq!(offset(&mut wire), committed);
            wire = again(&mut kept, wire);
        }
        // As if it had been killed after the end was written, before it was kept.
        kept.stop();
        decide(&kept, state);
        kept.start();
        wire.raw = Raw::to(stack(&kept).broker());
        assert_eq!(seen(&mut wire), (aborted.clone(), 2, 2));
    }
}

/// A power cut may lose who owns a transaction, and leave its records.
#[test]
fn what_nobody_owns_is_aborted_at_the_start() {
    let mut kept = Kept::new();
    let mut wire = Wire::new(&stack(&kept));
    let owner = wire.claim();
    wire.begin(owner);
    assert_eq!(wire.send(owner, 0), (0, 0));
    hold(&mut wire, owner);
    kept.stop();
    append(&kept, &format!("[[\"transactions\",\"{}\"]]", wire.id));
    let (id, topic) = (owner.0, &wire.topic);
    let note = format!("aborted a transaction of producer {id} in {topic}-0 that nobody owns");
    assert_eq!(kept.start(), [note]);
    wire.raw = Raw::to(stack(&kept).broker());
    for _ in 0..2 {
        assert_eq!(seen(&mut wire), (vec![0], 2, 2));
        assert_eq!(offset(&mut wire), Ok(-1));
        wire = again(&mut kept, wire);
    }
}

/// Writes `state` into the journal, as the broker does before it ends a transaction.
fn decide(kept: &Kept, state: &str) {
    let path = kept.home.path().join("journal");
    let text = std::fs::read_to_string(&path).unwrap();
    // The row with the partitions, as it was kept while the transaction was open.
    let open = text.lines().rfind(|line| line.contains("\"state\":\"Ongoing\""));
    let open = &open.unwrap()[9..];
    append(kept, &open.replace("Ongoing", state));
}

/// Appends `changes` to the journal.
fn append(kept: &Kept, changes: &str) {
    let path = kept.home.path().join("journal");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = format!("{:08x} {changes}\n", crc32c::crc32c(changes.as_bytes()));
    std::fs::write(&path, [text, line].concat()).unwrap();
}

#[test]
fn an_owner_is_fenced_after_a_restart_too() {
    let mut kept = Kept::new();
    let mut wire = Wire::new(&stack(&kept));
    let first = wire.claim();
    let mut wire = again(&mut kept, wire);
    let second = wire.claim();
    assert_eq!(second, Owner(first.0, first.1 + 1));
    let mut wire = again(&mut kept, wire);
    assert_eq!(wire.add(3, first, &[0]), [FENCED]);
    assert_eq!(wire.add(3, second, &[0]), [0]);
}

#[test]
fn no_producer_gets_the_id_of_another() {
    let mut kept = Kept::new();
    let mut ids = Vec::new();
    let nobody = InitProducerIdRequest::default().with_transactional_id(None);
    let request = nobody.with_producer_id(ProducerId(-1)).with_producer_epoch(-1);
    for _ in 0..3 {
        let mut raw = Raw::connect(&kept.bed().broker);
        for _ in 0..1100 {
            let answer = raw.call(4, &request);
            assert_eq!(answer.error_code, 0);
            ids.push(answer.producer_id.0);
        }
        kept.restart();
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), ids[0]), (count, 1000));
}
