//! A member shows that it lives.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{Group, State};

impl Group {
    /// Keeps the member in the group; an error tells it to join again.
    pub fn beat(
        &mut self,
        id: &str,
        instance: Option<&str>,
        generation: i32,
        now: Instant,
    ) -> Result<(), ResponseError> {
        self.touch_member(id, instance, generation, now)?;
        match self.state {
            State::PreparingRebalance => Err(ResponseError::RebalanceInProgress),
            _ => Ok(()),
        }
    }
}
