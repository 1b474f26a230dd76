//! A producer with transactions that says what no library would.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::BytesMut;
use kafka_protocol::messages::add_partitions_to_txn_request::AddPartitionsToTxnTopic;
use kafka_protocol::messages::fetch_request::{FetchPartition, FetchTopic};
use kafka_protocol::messages::fetch_response::PartitionData;
use kafka_protocol::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use kafka_protocol::messages::metadata_request::MetadataRequestTopic;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::messages::*;

use super::super::batch::{EMPTY, batch, transactional};
use super::super::fixture::SOON;
use super::super::raw::Raw;
use super::super::versions::{text, topic};
use crate::support::Stack;

pub const OUT_OF_ORDER: i16 = 45;
pub const OLD_EPOCH: i16 = 47;
pub const INVALID_STATE: i16 = 48;
pub const INVALID_MAPPING: i16 = 49;
pub const INVALID_TIMEOUT: i16 = 50;
pub const CONCURRENT: i16 = 51;
pub const UNAUTHORISED: i16 = 53;
pub const FENCED: i16 = 90;
const NOT_ENOUGH_REPLICAS: i16 = 19;
/// The coordinator is being loaded, or does something for this id already.
const BUSY: [i16; 4] = [14, 15, 16, CONCURRENT];

/// A producer's id and epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner(pub i64, pub i16);

/// A connection on behalf of one transactional id and one topic.
pub struct Wire {
    pub raw: Raw,
    pub id: String,
    pub topic: String,
}

impl Wire {
    /// A connection to `stack`, where the topic `orders` with two partitions comes into being.
    pub fn new(stack: &Stack) -> Wire {
        let (id, topic) = (stack.name("till"), stack.name("orders"));
        super::clients::create(stack, &topic, 2);
        let mut raw = Raw::to(stack.broker());
        let find = FindCoordinatorRequest::default().with_key(text(&id)).with_key_type(1);
        until(|| raw.call(3, &find).error_code == 0);
        // A topic is made before every part of a broker knows it.
        let wanted = MetadataRequestTopic::default().with_name(Some(TopicName(text(&topic))));
        let ask = MetadataRequest::default().with_topics(Some(vec![wanted]));
        let ask = ask.with_allow_auto_topic_creation(false);
        until(|| raw.call(8, &ask).topics[0].error_code == 0);
        // The leader has it last.
        let each =
            [0, 1].map(|number| ListOffsetsPartition::default().with_partition_index(number));
        let wanted = ListOffsetsTopic::default().with_name(TopicName(text(&topic)));
        let ask =
            ListOffsetsRequest::default().with_topics(vec![wanted.with_partitions(each.into())]);
        until(|| {
            let answer = raw.call(5, &ask);
            answer.topics[0].partitions.iter().all(|one| one.error_code == 0)
        });
        Wire { raw, id, topic }
    }

    pub fn transactional_id(&self) -> TransactionalId {
        TransactionalId(text(&self.id))
    }

    /// Asks once for an identity.
    pub fn init(&mut self, version: i16, known: Owner, timeout_ms: i32) -> Result<Owner, i16> {
        let request = InitProducerIdRequest::default()
            .with_transactional_id(Some(self.transactional_id()))
            .with_transaction_timeout_ms(timeout_ms)
            .with_producer_id(ProducerId(known.0))
            .with_producer_epoch(known.1);
        let answer = self.raw.call(version, &request);
        match answer.error_code {
            0 => Ok(Owner(answer.producer_id.0, answer.producer_epoch)),
            code => {
                assert_eq!((answer.producer_id.0, answer.producer_epoch), (-1, -1));
                Err(code)
            }
        }
    }

    /// Becomes the owner, however often it takes.
    pub fn claim(&mut self) -> Owner {
        patiently(|| self.init(4, NOBODY, 60_000)).unwrap()
    }

    /// Takes partitions of the topic into the transaction: the error of each.
    pub fn add(&mut self, version: i16, owner: Owner, partitions: &[i32]) -> Vec<i16> {
        let wanted = AddPartitionsToTxnTopic::default()
            .with_name(topic(&self.topic))
            .with_partitions(partitions.to_vec());
        let request = AddPartitionsToTxnRequest::default()
            .with_v3_and_below_transactional_id(self.transactional_id())
            .with_v3_and_below_producer_id(ProducerId(owner.0))
            .with_v3_and_below_producer_epoch(owner.1)
            .with_v3_and_below_topics(vec![wanted]);
        let ask = || {
            let answer = self.raw.call(version, &request);
            let results = &answer.results_by_topic_v3_and_below[0].results_by_partition;
            let mut results: Vec<_> = results.iter().collect();
            results.sort_by_key(|one| one.partition_index);
            let codes: Vec<_> = results.iter().map(|one| one.partition_error_code).collect();
            if BUSY.contains(&codes[0]) { Err(codes[0]) } else { Ok(codes) }
        };
        patiently(ask).unwrap()
    }

    /// Begins a transaction in partition 0.
    pub fn begin(&mut self, owner: Owner) {
        assert_eq!(self.add(3, owner, &[0]), [0]);
    }

    /// Sends a transactional batch of one record to partition 0: the error and the offset.
    pub fn send(&mut self, owner: Owner, sequence: i32) -> (i16, i64) {
        let id = self.transactional_id();
        self.produce(Some(id), transactional(record(owner, sequence)))
    }

    /// Sends `batch` to partition 0 under the transactional id `id`.
    pub fn produce(&mut self, id: Option<TransactionalId>, batch: BytesMut) -> (i16, i64) {
        let data = PartitionProduceData::default().with_records(Some(batch.freeze()));
        let data = TopicProduceData::default()
            .with_name(topic(&self.topic))
            .with_partition_data(vec![data]);
        let request = ProduceRequest::default()
            .with_transactional_id(id)
            .with_acks(-1)
            .with_timeout_ms(5000)
            .with_topic_data(vec![data]);
        let ask = || {
            let partition = &self.raw.call(9, &request).responses[0].partition_responses[0];
            match (partition.error_code, partition.base_offset) {
                // How a real broker says that the last transaction is still being ended.
                (NOT_ENOUGH_REPLICAS, _) => Err(CONCURRENT),
                answer => Ok(answer),
            }
        };
        patiently(ask).unwrap()
    }

    /// Asks once to end the transaction.
    pub fn try_end(&mut self, owner: Owner, commit: bool) -> i16 {
        let request = EndTxnRequest::default()
            .with_transactional_id(self.transactional_id())
            .with_producer_id(ProducerId(owner.0))
            .with_producer_epoch(owner.1)
            .with_committed(commit);
        self.raw.call(3, &request).error_code
    }

    /// Ends the transaction, however long the coordinator is busy with the last one.
    pub fn end(&mut self, version: i16, owner: Owner, commit: bool) -> i16 {
        let request = EndTxnRequest::default()
            .with_transactional_id(self.transactional_id())
            .with_producer_id(ProducerId(owner.0))
            .with_producer_epoch(owner.1)
            .with_committed(commit);
        let ask = || match self.raw.call(version, &request).error_code {
            code if BUSY.contains(&code) => Err(code),
            code => Ok(code),
        };
        patiently(ask).unwrap()
    }

    /// What partition 0 holds from `offset` on for a reader of committed records, or of all.
    pub fn fetch(&mut self, offset: i64, committed: bool) -> PartitionData {
        let partition =
            FetchPartition::default().with_fetch_offset(offset).with_partition_max_bytes(1_000_000);
        let wanted =
            FetchTopic::default().with_topic(topic(&self.topic)).with_partitions(vec![partition]);
        let request = FetchRequest::default()
            .with_isolation_level(i8::from(committed))
            .with_max_bytes(1_000_000)
            .with_topics(vec![wanted]);
        self.raw.call(12, &request).responses.remove(0).partitions.remove(0)
    }

    /// Waits until all before `offset` in partition 0 is decided: a real broker writes the ends of
    /// transactions after it has answered.
    pub fn stable(&mut self, offset: i64) {
        until(|| self.fetch(0, true).last_stable_offset == offset);
    }
}

/// No identity yet.
pub const NOBODY: Owner = Owner(-1, -1);

/// A batch of one empty record of now: after one of long ago, a real broker would keep the end of
/// the transaction in another file, and send the two in two answers.
pub fn record(owner: Owner, sequence: i32) -> BytesMut {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64;
    batch((now, now), (owner.0, owner.1, sequence), EMPTY)
}

/// Asks again while the coordinator is busy.
pub fn patiently<T>(mut ask: impl FnMut() -> Result<T, i16>) -> Result<T, i16> {
    let mut answer = ask();
    until(|| {
        if matches!(&answer, Err(code) if BUSY.contains(code)) {
            answer = ask();
        }
        !matches!(&answer, Err(code) if BUSY.contains(code))
    });
    answer
}

/// Waits for `condition`.
pub fn until(mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + 3 * SOON;
    while !condition() {
        assert!(Instant::now() < end, "nothing happened in time");
        std::thread::sleep(Duration::from_millis(5));
    }
}
