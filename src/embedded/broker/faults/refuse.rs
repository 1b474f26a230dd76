//! The answer that refuses a request, whatever its API.

use kafka_protocol::ResponseError;

use crate::embedded::broker::wire::Call;

/// A request that can be refused as a whole; every request that is routed to an API is one, so that
/// no API can be without. (Kafka's own requests have the same, as `getErrorResponse`.)
pub trait Refuse {
    /// What answers the request.
    type Response;

    /// The answer in which everything that was asked for is refused with `error`: at the top where
    /// the API has a place for it there, and in every topic, partition, group or other item where
    /// it does not. It can be written at the version of `call`.
    fn refuse(&self, call: &Call, error: ResponseError) -> Self::Response;

    /// Whether that answer has any place for `error`.
    fn has_place(&self, _call: &Call, _error: ResponseError) -> bool {
        true
    }
}
