//! What happens when the deadlines of a group pass.

use tokio::time::Instant;

use super::{Group, Member};

impl Group {
    /// Takes out who is silent, or keeps what it is to let go of, for too long; returns when to look
    /// again. Those who stay learn of it at their next heartbeats.
    pub fn expire(&mut self, now: Instant) -> Option<Instant> {
        let over = |member: &&Member| {
            member.deadline <= now || member.revoked_by.is_some_and(|deadline| deadline <= now)
        };
        let over: Vec<_> = self.members.values().filter(over).map(|m| m.id.clone()).collect();
        for id in &over {
            self.drop_member(id);
        }
        let members = self.members.values();
        members.flat_map(|m| [Some(m.deadline), m.revoked_by]).flatten().min()
    }
}
