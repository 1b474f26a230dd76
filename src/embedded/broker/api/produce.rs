//! Appends record batches.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::produce_request::{PartitionProduceData, TopicProduceData};
use kafka_protocol::messages::produce_response::{PartitionProduceResponse, TopicProduceResponse};
use kafka_protocol::messages::{ProduceRequest, ProduceResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::log::{Appended, Header, Stamp};
use crate::embedded::broker::memory;
use crate::embedded::broker::node::{Node, now_ms};
use crate::embedded::broker::retention;
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::wire::{Call, WireError, text, topic_name};

/// The first version that explains an error (KIP-467).
const EXPLAINED: i16 = 8;

/// Appends each batch to its partition. With a single replica, `acks` of 1 and of all are the
/// same, whatever `min.insync.replicas` is: no more are needed than there are (KIP-966); with 0 there is no response, and closing the connection tells that a batch was refused.
pub fn handle(call: &Call, request: ProduceRequest) -> Result<Option<ProduceResponse>, WireError> {
    let producing = Producing {
        node: &call.node,
        version: call.version,
        acks: request.acks,
        transactional_id: request.transactional_id.as_ref().map(|id| id.as_str()),
    };
    let responses: Vec<_> =
        request.topic_data.iter().map(|data| producing.append_all(data)).collect();
    if request.acks != 0 {
        return Ok(Some(ProduceResponse::default().with_responses(responses)));
    }
    let mut partitions = responses.iter().flat_map(|topic| &topic.partition_responses);
    if partitions.any(|partition| partition.error_code != 0) {
        return Err(WireError::RefusedSilently);
    }
    Ok(None)
}

/// What the batches of a request share.
struct Producing<'a> {
    node: &'a Node,
    version: i16,
    acks: i16,
    transactional_id: Option<&'a str>,
}

impl Producing<'_> {
    fn append_all(&self, data: &TopicProduceData) -> TopicProduceResponse {
        let topic = match self.acks {
            -1..=1 => self.node.topics.get(&data.name),
            _ => Err(ResponseError::InvalidRequiredAcks),
        };
        let append_one = |data: &PartitionProduceData| {
            let append = || topic.as_ref().map_err(|e| *e).and_then(|t| self.append(t, data));
            let mut appended = append();
            if matches!(appended, Err(memory::FULL)) {
                // Before anybody is refused, what is too old goes.
                retention::sweep(self.node);
                appended = append();
            }
            self.respond(data.index, appended)
        };
        TopicProduceResponse::default()
            .with_name(topic_name(&data.name))
            .with_partition_responses(data.partition_data.iter().map(append_one).collect())
    }

    fn append(
        &self,
        topic: &Topic,
        data: &PartitionProduceData,
    ) -> Result<(Appended, Stamp), ResponseError> {
        let partition = retention::partition(self.node, topic, data.index)?;
        let records = data.records.as_deref().unwrap_or_default();
        let rules = self.node.settings.rules(topic);
        if records.len() > rules.max_message_bytes {
            return Err(ResponseError::MessageTooLarge);
        }
        let header = Header::check(records)?;
        let now = now_ms();
        rules.demands(now).check(records, &header)?;
        let stamp = rules.stamp(now);
        if !header.transactional() {
            return Ok((partition.append(records, header, stamp)?, stamp));
        }
        let id = self.transactional_id.ok_or(ResponseError::TransactionalIdAuthorizationFailed)?;
        // The transaction stays locked, so that it cannot end between the check and the append.
        self.node.transactions.get(id)?.with(|transaction| {
            transaction.may_write(header.producer(), &partition)?;
            Ok((partition.append(records, header, stamp)?, stamp))
        })
    }

    fn respond(
        &self,
        index: i32,
        appended: Result<(Appended, Stamp), ResponseError>,
    ) -> PartitionProduceResponse {
        let response = PartitionProduceResponse::default().with_index(index);
        match appended {
            Ok((Appended { base, start }, stamp)) => {
                let time = if let Stamp::Append(now) = stamp { now } else { -1 };
                response
                    .with_base_offset(base)
                    .with_log_start_offset(start)
                    .with_log_append_time_ms(time)
            }
            Err(error) => {
                let explained = error == memory::FULL && self.version >= EXPLAINED;
                let message = explained.then(|| text(&self.node.topics.memory.explain()));
                let response = response.with_base_offset(-1).with_error_code(error.code());
                response.with_error_message(message)
            }
        }
    }
}

impl Refuse for ProduceRequest {
    type Response = Option<ProduceResponse>;

    fn refuse(&self, _call: &Call, error: ResponseError) -> Option<ProduceResponse> {
        let partition = |data: &PartitionProduceData| refused(data.index, error);
        let topic = |data: &TopicProduceData| {
            TopicProduceResponse::default()
                .with_name(topic_name(&data.name))
                .with_partition_responses(data.partition_data.iter().map(partition).collect())
        };
        let topics = self.topic_data.iter().map(topic).collect();
        Some(ProduceResponse::default().with_responses(topics))
    }

    /// With `acks` of 0 there is no answer.
    fn has_place(&self, _call: &Call, _error: ResponseError) -> bool {
        self.acks != 0
    }
}

fn refused(index: i32, error: ResponseError) -> PartitionProduceResponse {
    let response = PartitionProduceResponse::default().with_index(index);
    response.with_base_offset(-1).with_error_code(error.code())
}
