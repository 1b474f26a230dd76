//! The time of a transaction is up.

use tokio::time::Instant;

use super::end::PAUSE;
use super::{State, Transaction};

impl Transaction {
    /// Does what is due `now`; returns when to look again.
    pub(super) fn expire(&mut self, now: Instant) -> Option<Instant> {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            let ended = match self.state {
                // Nobody took over: the owner may ask for its new epoch.
                State::Ongoing => self.fence(self.owner),
                _ => self.resume(),
            };
            if ended.is_err() {
                self.deadline = Some(now + PAUSE);
            }
        }
        self.deadline
    }
}
