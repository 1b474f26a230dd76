//! What a fault does to one request.

use std::time::Duration;

use kafka_protocol::ResponseError;

/// What happens to a request other than usual; by default nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fate {
    /// The error that is answered; the request is not carried out.
    pub refuse: Option<ResponseError>,
    /// Whether the request is carried out, and the connection closed in place of an answer.
    pub lose: bool,
    /// How long the answer waits.
    pub delay: Option<Duration>,
}
