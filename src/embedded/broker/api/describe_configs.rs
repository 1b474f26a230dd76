//! The settings of topics and the broker, with defaults and sources (KIP-133, KIP-226).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::describe_configs_request::DescribeConfigsResource;
use kafka_protocol::messages::describe_configs_response::{
    DescribeConfigsResourceResult, DescribeConfigsResult, DescribeConfigsSynonym,
};
use kafka_protocol::messages::{DescribeConfigsRequest, DescribeConfigsResponse};

use crate::embedded::broker::configs::{Row, Target, describe};
use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::{Call, code_and_message, text};

/// The first version that tells a setting's type (KIP-569).
const TYPE: i16 = 3;

/// Describes each resource: the settings asked for, or all if none is named.
pub fn handle(call: &Call, request: DescribeConfigsRequest) -> DescribeConfigsResponse {
    let synonyms = request.include_synonyms;
    let results = request.resources.iter().map(|resource| answer(call, resource, synonyms));
    DescribeConfigsResponse::default().with_results(results.collect())
}

fn answer(call: &Call, wanted: &DescribeConfigsResource, synonyms: bool) -> DescribeConfigsResult {
    let found = Target::find(&call.node, wanted.resource_type, &wanted.resource_name);
    let (code, message) = code_and_message(&found);
    let asked = |row: &Row| match &wanted.configuration_keys {
        Some(names) if !names.is_empty() => {
            names.iter().any(|name| name.as_str() == row.definition.name)
        }
        _ => true,
    };
    let rows = found.map(|target| describe(&call.node, &target)).unwrap_or_default();
    let rows = rows.iter().filter(|row| asked(row));
    DescribeConfigsResult::default()
        .with_error_code(code)
        .with_error_message(message)
        .with_resource_type(wanted.resource_type)
        .with_resource_name(text(&wanted.resource_name))
        .with_configs(rows.map(|row| setting(call.version, row, synonyms)).collect())
}

fn setting(version: i16, row: &Row, synonyms: bool) -> DescribeConfigsResourceResult {
    let synonym = |(name, value, source): &(&str, String, _)| {
        DescribeConfigsSynonym::default()
            .with_name(text(name))
            .with_value(Some(text(value)))
            .with_source(*source as i8)
    };
    let described = DescribeConfigsResourceResult::default()
        .with_name(text(row.definition.name))
        .with_value(Some(text(&row.value)))
        .with_read_only(row.read_only)
        .with_config_source(row.source as i8)
        .with_documentation(None);
    let described = match version {
        TYPE.. => described.with_config_type(row.definition.kind.code()),
        _ => described,
    };
    if synonyms {
        return described.with_synonyms(row.synonyms.iter().map(synonym).collect());
    }
    described
}

impl Refuse for DescribeConfigsRequest {
    type Response = DescribeConfigsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> DescribeConfigsResponse {
        let one = |resource: &DescribeConfigsResource| {
            DescribeConfigsResult::default()
                .with_error_code(error.code())
                .with_error_message(None)
                .with_resource_type(resource.resource_type)
                .with_resource_name(text(&resource.resource_name))
        };
        DescribeConfigsResponse::default().with_results(self.resources.iter().map(one).collect())
    }
}
