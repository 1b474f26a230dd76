//! Producing, fetching, and looking for offsets.

use bytes::{Bytes, BytesMut};
use kafka_protocol::ResponseError as E;
use kafka_protocol::messages::fetch_request::{FetchPartition, FetchTopic};
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::offset_for_leader_epoch_request::{
    OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::messages::*;
use uuid::Uuid;

use super::super::batch::{EMPTY, KEYED, batch};
use super::super::raw::Raw;
use super::super::versions::topic;
use super::sample::{configured, creatable, made};
use super::table::Table;
use crate::support::on_each_stack;

const NOBODY: (i64, i16, i32) = (-1, -1, -1);

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    since.as_millis() as i64
}

fn good() -> BytesMut {
    batch((now(), now()), NOBODY, EMPTY)
}

fn produce(raw: &mut Raw, name: &str, partition: i32, acks: i16, records: Option<Bytes>) -> i16 {
    let data = PartitionProduceData::default().with_index(partition).with_records(records);
    let data = TopicProduceData::default().with_name(topic(name)).with_partition_data(vec![data]);
    let request = ProduceRequest::default().with_acks(acks).with_topic_data(vec![data]);
    raw.call(9, &request.with_timeout_ms(5000)).responses[0].partition_responses[0].error_code
}

/// `batch` with one byte changed and the checksum put right again.
fn patched(mut batch: BytesMut, at: usize, byte: u8) -> BytesMut {
    batch[at] = byte;
    let checksum = crc32c::crc32c(&batch[21..]);
    batch[17..21].copy_from_slice(&checksum.to_be_bytes());
    batch
}

fn fetch(raw: &mut Raw, version: i16, wanted: FetchTopic) -> i16 {
    let request = FetchRequest::default()
        .with_max_bytes(1000)
        .with_session_epoch(-1)
        .with_topics(vec![wanted]);
    let answer = raw.call(version, &request);
    match answer.error_code {
        0 => answer.responses[0].partitions[0].error_code,
        code => code,
    }
}

fn span(partition: i32, offset: i64) -> FetchPartition {
    FetchPartition::default()
        .with_partition(partition)
        .with_fetch_offset(offset)
        .with_partition_max_bytes(1000)
}

fn list(raw: &mut Raw, name: &str, partition: i32, time: i64, epoch: i32) -> i16 {
    let wanted = ListOffsetsPartition::default()
        .with_partition_index(partition)
        .with_timestamp(time)
        .with_current_leader_epoch(epoch);
    let wanted = ListOffsetsTopic::default().with_name(topic(name)).with_partitions(vec![wanted]);
    let request = ListOffsetsRequest::default().with_topics(vec![wanted]);
    raw.call(7, &request.with_replica_id(BrokerId(-1))).topics[0].partitions[0].error_code
}

fn epoch_end(raw: &mut Raw, name: &str, partition: i32, current: i32, asked: i32) -> i16 {
    let wanted = OffsetForLeaderPartition::default()
        .with_partition(partition)
        .with_current_leader_epoch(current)
        .with_leader_epoch(asked);
    let wanted =
        OffsetForLeaderTopic::default().with_topic(topic(name)).with_partitions(vec![wanted]);
    let request = OffsetForLeaderEpochRequest::default().with_topics(vec![wanted]);
    raw.call(4, &request.with_replica_id(BrokerId(-1))).topics[0].partitions[0].error_code
}

on_each_stack! {
    fn producing(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let small = stack.name("small");
        made(stack, configured(creatable(&small, 1), "max.message.bytes", Some("60")));
        let compact = stack.name("compact");
        made(stack, configured(creatable(&compact, 1), "cleanup.policy", Some("compact")));
        let recent = stack.name("recent");
        let hour = Some("3600000");
        made(stack, configured(creatable(&recent, 1), "message.timestamp.before.max.ms", hour));
        let sure = stack.name("sure");
        made(stack, configured(creatable(&sure, 1), "min.insync.replicas", Some("2")));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, batch: BytesMut| {
            table.row(what, expected, |raw| {
                produce(raw, name, 0, 1, Some(batch.clone().freeze()))
            });
        };
        row("no topic", Some(E::UnknownTopicOrPartition), &nobody, good());
        row("too large", Some(E::MessageTooLarge), &small, good());
        row("no key for compaction", Some(E::InvalidRecord), &compact, good());
        row("a key for compaction", None, &compact, batch((now(), now()), NOBODY, KEYED));
        let old = now() - 2 * 3_600_000;
        row("too old", Some(E::InvalidTimestamp), &recent, batch((old, old), NOBODY, EMPTY));
        let new = now() + 2 * 3_600_000;
        row("too new", Some(E::InvalidTimestamp), &name, batch((new, new), NOBODY, EMPTY));
        let mut broken = good();
        let last = broken.len() - 1;
        broken[last] ^= 1;
        row("a wrong checksum", Some(E::CorruptMessage), &name, broken);
        row("a cut batch", Some(E::InvalidRecord), &name, good().split_to(30));
        row("nothing", Some(E::InvalidRecord), &name, BytesMut::new());
        row("a few bytes", Some(E::InvalidRecord), &name, good().split_to(5));
        row("a control batch", Some(E::InvalidRecord), &name, patched(good(), 22, 1 << 5));
        row("more records than counted", Some(E::InvalidRecord), &name, patched(good(), 26, 1));
        let mut two = good();
        two.extend_from_slice(&good());
        row("two batches", Some(E::InvalidRecord), &name, two);
        let no_sequence = batch((now(), now()), (5, 0, -1), EMPTY);
        row("a producer without sequence", Some(E::InvalidRecord), &name, no_sequence);
        let mut other = |what: &str, expected: Option<E>, name: &str, partition, acks| {
            table.row(what, expected, |raw| {
                produce(raw, name, partition, acks, Some(good().freeze()))
            });
        };
        other("an unknown partition", Some(E::UnknownTopicOrPartition), &name, 9, 1);
        other("acks of 2", Some(E::InvalidRequiredAcks), &name, 0, 2);
        other("fewer replicas than wanted", None, &sure, 0, -1);
        other("all is well", None, &name, 0, -1);
        table.check();
    }

    fn fetching(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        let id = made(stack, creatable(&name, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, span: FetchPartition| {
            let wanted = FetchTopic::default().with_topic(topic(name)).with_partitions(vec![span]);
            table.row(what, expected, |raw| fetch(raw, 12, wanted.clone()));
        };
        row("no topic", Some(E::UnknownTopicOrPartition), &nobody, span(0, 0));
        row("an unknown partition", Some(E::UnknownTopicOrPartition), &name, span(9, 0));
        row("after the end", Some(E::OffsetOutOfRange), &name, span(0, 1));
        row("before the start", Some(E::OffsetOutOfRange), &name, span(0, -2));
        let later = span(0, 0).with_current_leader_epoch(7);
        row("a later leader", Some(E::UnknownLeaderEpoch), &name, later);
        row("all is well", None, &name, span(0, 0).with_current_leader_epoch(0));
        let mut by_id = |what: &str, expected: Option<E>, id: Uuid| {
            let wanted = FetchTopic::default().with_topic_id(id);
            let wanted = wanted.with_partitions(vec![span(0, 0)]);
            table.row(what, expected, |raw| fetch(raw, 13, wanted.clone()));
        };
        by_id("an unknown id", Some(E::UnknownTopicId), Uuid::from_u128(7));
        by_id("no id", Some(E::UnknownTopicId), Uuid::nil());
        by_id("its id", None, id);
        let session = |id, epoch| {
            FetchRequest::default().with_session_id(id).with_session_epoch(epoch)
        };
        table.row("no session", E::FetchSessionIdNotFound, |raw| {
            raw.call(12, &session(7_777_777, 1)).error_code
        });
        table.check();
    }

    fn looking_for_offsets(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, partition, time, epoch| {
            table.row(what, expected, |raw| list(raw, name, partition, time, epoch));
        };
        row("no topic", Some(E::UnknownTopicOrPartition), &nobody, 0, -1, -1);
        row("an unknown partition", Some(E::UnknownTopicOrPartition), &name, 9, -1, -1);
        row("a later leader", Some(E::UnknownLeaderEpoch), &name, 0, -1, 7);
        row("the end", None, &name, 0, -1, 0);
        row("a time", None, &name, 0, 5, -1);
        row("an unknown kind of time", Some(E::UnsupportedVersion), &name, 0, -9, -1);
        table.check();
    }

    fn looking_for_epochs(stack: &Stack) {
        let mut table = Table::new(stack);
        let name = stack.name("orders");
        made(stack, creatable(&name, 1));
        let nobody = stack.name("nobody");
        let mut row = |what: &str, expected: Option<E>, name: &str, partition, current, asked| {
            table.row(what, expected, |raw| epoch_end(raw, name, partition, current, asked));
        };
        row("no topic", Some(E::UnknownTopicOrPartition), &nobody, 0, -1, 0);
        row("an unknown partition", Some(E::UnknownTopicOrPartition), &name, 9, -1, 0);
        row("a later leader", Some(E::UnknownLeaderEpoch), &name, 0, 7, 0);
        row("an epoch that never was", None, &name, 0, -1, 7);
        row("the first epoch", None, &name, 0, 0, 0);
        table.check();
    }
}

/// Sends a good record to partition 0 of `name`: the error of the answer.
pub fn send(raw: &mut Raw, name: &str) -> i16 {
    produce(raw, name, 0, 1, Some(good().freeze()))
}
