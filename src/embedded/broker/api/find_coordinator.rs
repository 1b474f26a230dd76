//! Where the coordinator of a consumer group or of a transactional id is: here.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::find_coordinator_response::Coordinator;
use kafka_protocol::messages::{BrokerId, FindCoordinatorRequest, FindCoordinatorResponse};
use kafka_protocol::protocol::StrBytes;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::node::{NODE_ID, Node};
use crate::embedded::broker::wire::{Call, ItemError, code_and_message, text};

/// The first version that asks for many coordinators at once (KIP-699).
const MANY: i16 = 4;
const GROUP: i8 = 0;
const TRANSACTION: i8 = 1;

/// This broker.
pub fn handle(call: &Call, request: FindCoordinatorRequest) -> FindCoordinatorResponse {
    respond(call, &request, |key| coordinator(&call.node, request.key_type, key))
}

/// What `find` says of each key, in the form of the version.
fn respond(
    call: &Call,
    request: &FindCoordinatorRequest,
    find: impl Fn(&str) -> Coordinator,
) -> FindCoordinatorResponse {
    if call.version >= MANY {
        let one = |key: &StrBytes| find(key);
        return FindCoordinatorResponse::default()
            .with_coordinators(request.coordinator_keys.iter().map(one).collect());
    }
    let one = find(&request.key);
    FindCoordinatorResponse::default()
        .with_error_code(one.error_code)
        .with_error_message(one.error_message)
        .with_node_id(one.node_id)
        .with_host(one.host)
        .with_port(one.port)
}

fn coordinator(node: &Node, kind: i8, key: &str) -> Coordinator {
    let found = match kind {
        GROUP | TRANSACTION => Ok(()),
        _ => Err(ItemError::new(
            ResponseError::InvalidRequest,
            "only groups and transactions have a coordinator here",
        )),
    };
    let (code, message) = code_and_message(&found);
    let coordinator = Coordinator::default()
        .with_key(text(key))
        .with_error_code(code)
        .with_error_message(message);
    if found.is_err() {
        return coordinator.with_node_id(BrokerId(-1)).with_port(-1);
    }
    coordinator.with_node_id(BrokerId(NODE_ID)).with_host(text(&node.host())).with_port(node.port())
}

impl Refuse for FindCoordinatorRequest {
    type Response = FindCoordinatorResponse;

    fn refuse(&self, call: &Call, error: ResponseError) -> FindCoordinatorResponse {
        let nobody = |key: &str| {
            Coordinator::default()
                .with_key(text(key))
                .with_error_code(error.code())
                .with_error_message(None)
                .with_node_id(BrokerId(-1))
                .with_port(-1)
        };
        respond(call, self, nobody)
    }
}
