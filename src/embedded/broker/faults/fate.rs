//! What a fault does to one request.

use std::time::Duration;

use bytes::BytesMut;
use kafka_protocol::ResponseError;
use tokio_util::sync::CancellationToken;

use super::rules::Instead;
use crate::embedded::broker::wire::WireError;

/// What happens to a request other than usual; by default nothing does.
#[derive(Debug, Clone, Default)]
pub struct Fate {
    /// What happens in place of its answer.
    pub instead: Option<Instead>,
    /// How long the answer waits.
    pub delay: Option<Delay>,
}

impl Fate {
    /// The error that is answered, if the request is refused.
    pub fn refusal(&self) -> Option<ResponseError> {
        match self.instead {
            Some(Instead::Refuse(error)) => Some(error),
            _ => None,
        }
    }

    /// The answer of the request, once it may be sent.
    pub async fn deliver(self, answer: Option<BytesMut>) -> Result<Option<BytesMut>, WireError> {
        if self.instead == Some(Instead::Lose) {
            return Err(WireError::Lost);
        }
        if let Some(Delay { time, cleared }) = self.delay {
            let _early = tokio::time::timeout(time, cleared.cancelled()).await;
        }
        Ok(answer)
    }
}

/// A wait that may end early.
#[derive(Debug, Clone)]
pub struct Delay {
    /// How long it is.
    pub time: Duration,
    /// What ends it early.
    pub cleared: CancellationToken,
}
