//! Deletes topics, with their records and what groups committed for them.

use std::sync::Arc;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::delete_topics_request::DeleteTopicState;
use kafka_protocol::messages::delete_topics_response::DeletableTopicResult;
use kafka_protocol::messages::{DeleteTopicsRequest, DeleteTopicsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::Node;
use crate::embedded::broker::topics::Topic;
use crate::embedded::broker::wire::{Call, code, topic_name};

/// Deletes each topic; from version 6 on they may be named by id.
pub fn handle(call: &Call, request: DeleteTopicsRequest) -> DeleteTopicsResponse {
    let delete = |wanted: &DeleteTopicState| respond(call, wanted);
    DeleteTopicsResponse::default().with_responses(wanted(&request).iter().map(delete).collect())
}

/// The topics to delete, whichever way they are named.
fn wanted(request: &DeleteTopicsRequest) -> Vec<DeleteTopicState> {
    let named = request.topic_names.iter();
    let states = named.map(|name| DeleteTopicState::default().with_name(Some(name.clone())));
    states.chain(request.topics.iter().cloned()).collect()
}

fn respond(call: &Call, wanted: &DeleteTopicState) -> DeletableTopicResult {
    let deleted = delete(&call.node, wanted);
    let id = deleted.as_ref().map_or(wanted.topic_id, |topic| topic.id);
    let name = match &deleted {
        Ok(topic) => Some(topic_name(&topic.name)),
        Err(_) => wanted.name.as_ref().map(|name| topic_name(name)),
    };
    let result = DeletableTopicResult::default().with_name(name).with_error_code(code(&deleted));
    if call.version >= 6 { result.with_topic_id(id) } else { result }
}

fn delete(node: &Node, wanted: &DeleteTopicState) -> Result<Arc<Topic>, ResponseError> {
    let topic = match &wanted.name {
        Some(name) if wanted.topic_id.is_nil() => node.topics.delete(name)?,
        None if !wanted.topic_id.is_nil() => {
            node.topics.delete(&node.topics.by_id(wanted.topic_id)?.name)?
        }
        // Both, or neither.
        _ => return Err(ResponseError::InvalidRequest),
    };
    node.groups.forget(|name, _| name == topic.name);
    Ok(topic)
}

impl Refuse for DeleteTopicsRequest {
    type Response = DeleteTopicsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DeleteTopicsResponse {
        let one = |topic: DeleteTopicState| {
            DeletableTopicResult::default()
                .with_name(topic.name.as_ref().map(|name| topic_name(name)))
                .with_topic_id(topic.topic_id)
                .with_error_code(error.code())
        };
        DeleteTopicsResponse::default().with_responses(wanted(self).into_iter().map(one).collect())
    }
}
