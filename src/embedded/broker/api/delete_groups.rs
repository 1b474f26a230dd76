//! Deletes consumer groups that have no members.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::delete_groups_response::DeletableGroupResult;
use kafka_protocol::messages::{DeleteGroupsRequest, DeleteGroupsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, code, group_id};

/// Deletes each group with what it committed.
pub fn handle(call: &Call, request: DeleteGroupsRequest) -> DeleteGroupsResponse {
    let delete = |id: &str| {
        DeletableGroupResult::default()
            .with_group_id(group_id(id))
            .with_error_code(code(&call.node.groups.delete(id)))
    };
    let results = request.groups_names.iter().map(|id| delete(id)).collect();
    DeleteGroupsResponse::default().with_results(results)
}

impl Refuse for DeleteGroupsRequest {
    type Response = DeleteGroupsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DeleteGroupsResponse {
        let one = |id: &str| {
            let result = DeletableGroupResult::default().with_group_id(group_id(id));
            result.with_error_code(error.code())
        };
        let results = self.groups_names.iter().map(|id| one(id)).collect();
        DeleteGroupsResponse::default().with_results(results)
    }
}
