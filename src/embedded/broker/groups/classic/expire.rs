//! What happens when the deadlines of a group pass.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{Group, State};

impl Group {
    /// Does what is due `now`; returns when to look again.
    pub fn expire(&mut self, now: Instant) -> Option<Instant> {
        let silent = self.members.values().filter(|m| !m.waits() && m.deadline <= now);
        let silent: Vec<_> = silent.map(|member| member.id.clone()).collect();
        let lapsed = self.pending.len();
        self.pending.retain(|_, deadline| *deadline > now);
        let lapsed = lapsed != self.pending.len();
        for id in &silent {
            self.drop_member(id, ResponseError::UnknownMemberId);
        }
        if lapsed || !silent.is_empty() {
            self.go_on(now);
        }
        if self.rebalance_ends.is_some_and(|end| end <= now) {
            self.end_wait(now);
        }
        self.next_deadline()
    }

    fn end_wait(&mut self, now: Instant) {
        match self.state {
            State::PreparingRebalance => {
                self.pending.clear();
                self.begin_without_missing(now);
            }
            State::CompletingRebalance => {
                let missing = self.members.values().filter(|member| member.syncing.is_none());
                let missing: Vec<_> = missing.map(|member| member.id.clone()).collect();
                for id in missing {
                    self.drop_member(&id, ResponseError::UnknownMemberId);
                }
                self.rebalance(now);
            }
            _ => self.rebalance_ends = None,
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        let members = self.members.values().filter(|m| !m.waits()).map(|m| m.deadline);
        members.chain(self.pending.values().copied()).chain(self.rebalance_ends).min()
    }
}
