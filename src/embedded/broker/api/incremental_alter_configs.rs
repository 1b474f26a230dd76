//! Changes single settings of topics or the broker (KIP-339).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::incremental_alter_configs_request::{
    AlterConfigsResource, AlterableConfig,
};
use kafka_protocol::messages::incremental_alter_configs_response::AlterConfigsResourceResponse;
use kafka_protocol::messages::{IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse};

use crate::embedded::broker::configs::{Change, Operation, Target};
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, ItemError, code_and_message, owned, text};

/// Makes the changes of each resource, all or none.
pub fn handle(
    call: &Call,
    request: IncrementalAlterConfigsRequest,
) -> IncrementalAlterConfigsResponse {
    let alter = |resource: &AlterConfigsResource| {
        let (code, message) = code_and_message(&alter(call, resource, request.validate_only));
        AlterConfigsResourceResponse::default()
            .with_error_code(code)
            .with_error_message(message)
            .with_resource_type(resource.resource_type)
            .with_resource_name(text(&resource.resource_name))
    };
    IncrementalAlterConfigsResponse::default()
        .with_responses(request.resources.iter().map(alter).collect())
}

fn alter(call: &Call, wanted: &AlterConfigsResource, validate_only: bool) -> Result<(), ItemError> {
    let target = Target::find_to_change(&call.node, wanted.resource_type, &wanted.resource_name)?;
    let change = |config: &AlterableConfig| {
        Ok(Change {
            name: config.name.to_string(),
            operation: Operation::from_code(config.config_operation)?,
            value: owned(config.value.as_ref()),
        })
    };
    let changes = wanted.configs.iter().map(change).collect::<Result<Vec<_>, ItemError>>()?;
    target.change(&call.node, &changes, false, validate_only)
}

impl Refuse for IncrementalAlterConfigsRequest {
    type Response = IncrementalAlterConfigsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> IncrementalAlterConfigsResponse {
        let one = |resource: &AlterConfigsResource| {
            AlterConfigsResourceResponse::default()
                .with_error_code(error.code())
                .with_error_message(None)
                .with_resource_type(resource.resource_type)
                .with_resource_name(text(&resource.resource_name))
        };
        IncrementalAlterConfigsResponse::default()
            .with_responses(self.resources.iter().map(one).collect())
    }
}
