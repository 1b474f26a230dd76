//! Hands out record batches, and waits for them where there are too few.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use kafka_protocol::ResponseError;
use kafka_protocol::messages::fetch_request::{FetchPartition, FetchTopic};
use kafka_protocol::messages::fetch_response::{
    AbortedTransaction, FetchableTopicResponse, PartitionData,
};
use kafka_protocol::messages::{FetchRequest, FetchResponse, ProducerId};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::log::{Aborted, Chunk, Isolation, Reader, Span};
use crate::embedded::broker::node::{LEADER_EPOCH, Node};
use crate::embedded::broker::retention;
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::wire::{Call, topic_name};

/// The first version with sessions, and errors of those (KIP-227).
const SESSIONS: i16 = 7;
/// The first version that names topics by their ids (KIP-516).
const BY_ID: i16 = 13;

/// Answers once there are `min_bytes`, an error, or `max_wait_ms` are over. Appends wake it.
pub async fn handle(call: &Call, request: FetchRequest) -> FetchResponse {
    if request.session_id != 0 && request.session_epoch > 0 {
        // Sessions are never begun (KIP-227 leaves that to the broker), so there is none to join.
        return FetchResponse::default()
            .with_error_code(ResponseError::FetchSessionIdNotFound.code());
    }
    let wait = Duration::from_millis(u64::try_from(request.max_wait_ms).unwrap_or_default());
    let deadline = Instant::now() + wait;
    let enough = usize::try_from(request.min_bytes).unwrap_or_default();
    let reader = Arc::new(Notify::new());
    let mut last = request.topics.is_empty();
    loop {
        let mut pass = Pass::new(call, &request, reader.clone());
        let topics = request.topics.iter().map(|topic| pass.topic(topic)).collect();
        if last || pass.failed || pass.size >= enough {
            return FetchResponse::default().with_responses(topics);
        }
        last = timeout_at(deadline, reader.notified()).await.is_err();
    }
}

/// One look at all partitions of a request.
struct Pass<'a> {
    node: &'a Node,
    version: i16,
    isolation: Isolation,
    limit: usize,
    size: usize,
    failed: bool,
    reader: Reader,
}

impl<'a> Pass<'a> {
    fn new(call: &'a Call, request: &FetchRequest, reader: Reader) -> Pass<'a> {
        let limit = usize::try_from(request.max_bytes).unwrap_or_default();
        let isolation = Isolation::of(request.isolation_level);
        let (node, version) = (&*call.node, call.version);
        Pass { node, version, isolation, limit, size: 0, failed: false, reader }
    }

    fn topic(&mut self, wanted: &FetchTopic) -> FetchableTopicResponse {
        let topic = if self.version >= BY_ID {
            self.node.topics.by_id(wanted.topic_id)
        } else {
            self.node.topics.get(&wanted.topic)
        };
        let partitions =
            wanted.partitions.iter().map(|partition| self.partition(&topic, partition)).collect();
        named(self.version, wanted, partitions)
    }

    fn partition(
        &mut self,
        topic: &Result<Arc<Topic>, ResponseError>,
        wanted: &FetchPartition,
    ) -> PartitionData {
        let read = topic.as_ref().map_err(|e| *e).and_then(|topic| self.read(topic, wanted));
        match read {
            Ok(chunk) => PartitionData::default()
                .with_partition_index(wanted.partition)
                .with_high_watermark(chunk.end)
                .with_last_stable_offset(chunk.stable)
                .with_log_start_offset(chunk.start)
                .with_aborted_transactions(chunk.aborted.as_deref().map(aborted))
                .with_records(Some(join(chunk))),
            Err(error) => {
                self.failed = true;
                refused(wanted.partition, error)
            }
        }
    }

    fn read(&mut self, topic: &Topic, wanted: &FetchPartition) -> Result<Chunk, ResponseError> {
        if wanted.current_leader_epoch > LEADER_EPOCH {
            return Err(ResponseError::UnknownLeaderEpoch);
        }
        let limit = usize::try_from(wanted.partition_max_bytes).unwrap_or_default();
        let limit = limit.min(self.limit.saturating_sub(self.size));
        let partition = retention::partition(self.node, topic, wanted.partition)?;
        // KIP-74: the first batch of an answer is sent whatever its size, else nobody gets past it.
        let (from, at_least_one) = (wanted.fetch_offset, self.size == 0);
        let span = Span { from, limit, at_least_one, isolation: self.isolation };
        let chunk = partition.read(span, &self.reader)?;
        self.size += chunk.size;
        Ok(chunk)
    }
}

/// The answer of a topic, named as the version does.
fn named(
    version: i16,
    wanted: &FetchTopic,
    partitions: Vec<PartitionData>,
) -> FetchableTopicResponse {
    let response = FetchableTopicResponse::default().with_partitions(partitions);
    if version >= BY_ID {
        response.with_topic_id(wanted.topic_id)
    } else {
        response.with_topic(topic_name(&wanted.topic))
    }
}

fn refused(partition: i32, error: ResponseError) -> PartitionData {
    PartitionData::default()
        .with_partition_index(partition)
        .with_aborted_transactions(None)
        .with_error_code(error.code())
        .with_high_watermark(-1)
}

fn aborted(transactions: &[Aborted]) -> Vec<AbortedTransaction> {
    let one = |aborted: &Aborted| {
        AbortedTransaction::default()
            .with_producer_id(ProducerId(aborted.producer))
            .with_first_offset(aborted.first)
    };
    transactions.iter().map(one).collect()
}

/// The batches of `chunk` in one piece; a single one is not copied.
fn join(chunk: Chunk) -> Bytes {
    match <[Bytes; 1]>::try_from(chunk.batches) {
        Ok([batch]) => batch,
        Err(batches) => {
            let mut joined = BytesMut::with_capacity(chunk.size);
            for batch in &batches {
                joined.extend_from_slice(batch);
            }
            joined.freeze()
        }
    }
}

impl Refuse for FetchRequest {
    type Response = FetchResponse;

    fn refuse(&self, call: &Call, error: ResponseError) -> FetchResponse {
        if call.version >= SESSIONS && is_of_session(error) {
            return FetchResponse::default().with_error_code(error.code());
        }
        let partition = |wanted: &FetchPartition| refused(wanted.partition, error);
        let topic = |wanted: &FetchTopic| {
            let partitions = wanted.partitions.iter().map(partition).collect();
            named(call.version, wanted, partitions)
        };
        FetchResponse::default().with_responses(self.topics.iter().map(topic).collect())
    }
}

/// Whether `error` is one of the request rather than of its partitions (KIP-227).
fn is_of_session(error: ResponseError) -> bool {
    use ResponseError::{
        FetchSessionIdNotFound, FetchSessionTopicIdError, InvalidFetchSessionEpoch,
    };
    matches!(error, FetchSessionIdNotFound | FetchSessionTopicIdError | InvalidFetchSessionEpoch)
}
