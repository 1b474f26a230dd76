//! Which APIs are served, and at which versions (KIP-35, KIP-511).

use kafka_protocol::ResponseError;
use kafka_protocol::messages::api_versions_response::ApiVersion;
use kafka_protocol::messages::{ApiVersionsRequest, ApiVersionsResponse};

use crate::embedded::broker::faults::Refuse;
use crate::embedded::broker::wire::Call;
use crate::embedded::broker::wire::versions;

/// The table of [`versions::SERVED`].
pub fn handle(_call: &Call, _request: ApiVersionsRequest) -> ApiVersionsResponse {
    // No features: old librdkafka stumbles over tagged fields here.
    ApiVersionsResponse::default().with_api_keys(table())
}

/// The answer, at version 0, to a request at a version that is not served.
pub fn unsupported() -> ApiVersionsResponse {
    ApiVersionsResponse::default()
        .with_error_code(ResponseError::UnsupportedVersion.code())
        .with_api_keys(table())
}

fn table() -> Vec<ApiVersion> {
    let row = |&(api, first, last): &_| {
        let api: kafka_protocol::messages::ApiKey = api;
        ApiVersion::default()
            .with_api_key(api as i16)
            .with_min_version(first)
            .with_max_version(last)
    };
    versions::SERVED.iter().map(row).collect()
}

impl Refuse for ApiVersionsRequest {
    type Response = ApiVersionsResponse;

    fn refuse(&self, _call: &Call, error: ResponseError) -> ApiVersionsResponse {
        ApiVersionsResponse::default().with_error_code(error.code()).with_api_keys(table())
    }
}
