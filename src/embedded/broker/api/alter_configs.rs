//! Replaces all settings of topics or the broker (KIP-133).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::alter_configs_request::AlterConfigsResource;
use kafka_protocol::messages::alter_configs_response::AlterConfigsResourceResponse;
use kafka_protocol::messages::{AlterConfigsRequest, AlterConfigsResponse};

use crate::embedded::broker::configs::{Change, Operation, Target};
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, ItemError, code_and_message, owned, text};

/// Sets what each resource lists; what it does not list goes back to its default.
pub fn handle(call: &Call, request: AlterConfigsRequest) -> AlterConfigsResponse {
    let alter = |resource: &AlterConfigsResource| {
        let (code, message) = code_and_message(&alter(call, resource, request.validate_only));
        AlterConfigsResourceResponse::default()
            .with_error_code(code)
            .with_error_message(message)
            .with_resource_type(resource.resource_type)
            .with_resource_name(text(&resource.resource_name))
    };
    AlterConfigsResponse::default().with_responses(request.resources.iter().map(alter).collect())
}

fn alter(call: &Call, wanted: &AlterConfigsResource, validate_only: bool) -> Result<(), ItemError> {
    let target = Target::find_to_change(&call.node, wanted.resource_type, &wanted.resource_name)?;
    let changes: Vec<_> = wanted
        .configs
        .iter()
        .map(|config| Change {
            name: config.name.to_string(),
            operation: Operation::Set,
            value: owned(config.value.as_ref()),
        })
        .collect();
    target.change(&call.node, &changes, true, validate_only)
}

impl Refuse for AlterConfigsRequest {
    type Response = AlterConfigsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> AlterConfigsResponse {
        let one = |resource: &AlterConfigsResource| {
            AlterConfigsResourceResponse::default()
                .with_error_code(error.code())
                .with_error_message(None)
                .with_resource_type(resource.resource_type)
                .with_resource_name(text(&resource.resource_name))
        };
        AlterConfigsResponse::default().with_responses(self.resources.iter().map(one).collect())
    }
}
