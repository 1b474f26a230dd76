//! All consumer groups.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::list_groups_response::ListedGroup;
use kafka_protocol::messages::{ListGroupsRequest, ListGroupsResponse};
use kafka_protocol::protocol::StrBytes;

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, group_id, text};

/// The first version that tells a group's state (KIP-518).
const STATE: i16 = 4;
/// The first version that tells a group's type (KIP-848).
const TYPE: i16 = 5;

/// The groups in the states and of the types asked for; no state and no type asks for all.
pub fn handle(call: &Call, request: ListGroupsRequest) -> ListGroupsResponse {
    let wanted = |filter: &[StrBytes], word: &str| {
        filter.is_empty() || filter.iter().any(|wanted| wanted.eq_ignore_ascii_case(word))
    };
    let mut groups = Vec::new();
    for (id, shared) in call.node.groups.all() {
        let (state, kind, protocol) =
            shared.with(|group| (group.state(), group.kind(), group.protocol_type().to_owned()));
        if !wanted(&request.states_filter, state) || !wanted(&request.types_filter, kind) {
            continue;
        }
        let mut listed =
            ListedGroup::default().with_group_id(group_id(&id)).with_protocol_type(text(&protocol));
        if call.version >= STATE {
            listed = listed.with_group_state(text(state));
        }
        if call.version >= TYPE {
            listed = listed.with_group_type(text(kind));
        }
        groups.push(listed);
    }
    ListGroupsResponse::default().with_groups(groups)
}

impl Refuse for ListGroupsRequest {
    type Response = ListGroupsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ListGroupsResponse {
        ListGroupsResponse::default().with_error_code(error.code())
    }
}
