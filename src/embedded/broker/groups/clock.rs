//! The deadlines of a group, kept by one sleeping task.

use std::sync::Arc;

use kafka_protocol::ResponseError;
use tokio::time::{Instant, sleep_until};

use super::{Group, SharedGroup, State};
use crate::embedded::broker::locks::lock;

/// Lets the deadlines of `shared` pass, until it is deleted. It sleeps till the next deadline or the
/// next change.
pub async fn keep(shared: Arc<SharedGroup>) {
    loop {
        let next = {
            let mut group = lock(&shared.group);
            if group.state == State::Dead {
                return;
            }
            group.expire(Instant::now())
        };
        match next {
            None => shared.changed.notified().await,
            Some(deadline) => tokio::select! {
                () = sleep_until(deadline) => {}
                () = shared.changed.notified() => {}
            },
        }
    }
}

impl Group {
    /// Does what is due `now`; returns when to look again.
    fn expire(&mut self, now: Instant) -> Option<Instant> {
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
