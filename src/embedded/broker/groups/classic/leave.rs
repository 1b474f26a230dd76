//! A member leaves, by its own will or because it is silent for too long.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{Group, State};

impl Group {
    /// Takes out the member with `id`, or the static member `instance`.
    pub fn leave(
        &mut self,
        id: &str,
        instance: Option<&str>,
        now: Instant,
    ) -> Result<(), ResponseError> {
        if self.pending.remove(id).is_some() {
            self.go_on(now);
            return Ok(());
        }
        let id = match instance {
            // Tools name only the instance.
            Some(instance) if id.is_empty() => {
                self.instances.get(instance).cloned().ok_or(ResponseError::UnknownMemberId)?
            }
            _ => {
                self.check_instance(id, instance)?;
                id.to_owned()
            }
        };
        if !self.drop_member(&id, ResponseError::UnknownMemberId) {
            return Err(ResponseError::UnknownMemberId);
        }
        self.go_on(now);
        Ok(())
    }

    /// Those who stay go on without those who left.
    pub(super) fn go_on(&mut self, now: Instant) {
        match self.state {
            State::Stable | State::CompletingRebalance => self.rebalance(now),
            State::PreparingRebalance => self.begin_if_all_joined(now),
            State::Empty => {}
        }
    }
}
