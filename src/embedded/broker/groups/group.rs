//! A group: its members, by one of two protocols, and what they committed.

use tokio::time::Instant;

use super::{classic, consumer};
use crate::embedded::broker::offsets::Offsets;

/// What the state of a group is called that does not exist.
pub const DEAD: &str = "Dead";

/// A group of consumers.
#[derive(Debug, Default)]
pub struct Group {
    /// Its members, and how they share.
    pub protocol: Protocol,
    /// What was committed.
    pub offsets: Offsets,
    /// It was deleted, and who still has a hand on it must let go.
    pub(super) dead: bool,
}

/// The members of a group, by the protocol they speak.
#[derive(Debug)]
pub enum Protocol {
    /// They join, and their leader assigns.
    Classic(classic::Group),
    /// They heartbeat, and the broker assigns (KIP-848).
    Consumer(consumer::Group),
}

impl Default for Protocol {
    fn default() -> Self {
        Protocol::Classic(classic::Group::default())
    }
}

impl Group {
    /// Kafka's word for the protocol.
    pub fn kind(&self) -> &'static str {
        match self.protocol {
            Protocol::Classic(_) => "classic",
            Protocol::Consumer(_) => "consumer",
        }
    }

    /// Kafka's word for what the group is doing.
    pub fn state(&self) -> &'static str {
        match &self.protocol {
            Protocol::Classic(group) => group.state.as_str(),
            Protocol::Consumer(group) => group.state(),
        }
    }

    /// What its members are: `consumer`, `connect`; empty while nobody has joined.
    pub fn protocol_type(&self) -> &str {
        match &self.protocol {
            Protocol::Classic(group) => group.protocol_type.as_deref().unwrap_or_default(),
            Protocol::Consumer(_) => "consumer",
        }
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        match &self.protocol {
            Protocol::Classic(group) => group.members.is_empty(),
            Protocol::Consumer(group) => group.members.is_empty(),
        }
    }

    /// Whether it has neither members, nor who is about to become one, nor offsets.
    pub(super) fn is_idle(&self) -> bool {
        let awaits = matches!(&self.protocol, Protocol::Classic(group) if group.awaits_members());
        self.is_empty() && !awaits && self.offsets.is_empty()
    }

    /// Whether a member is subscribed to `topic`.
    pub fn subscribes(&self, topic: &str) -> bool {
        match &self.protocol {
            Protocol::Classic(group) => group.subscribes(topic),
            Protocol::Consumer(group) => group.subscribes(topic),
        }
    }

    /// Does what is due `now`; returns when to look again.
    pub(super) fn expire(&mut self, now: Instant) -> Option<Instant> {
        match &mut self.protocol {
            Protocol::Classic(group) => group.expire(now),
            Protocol::Consumer(group) => group.expire(now),
        }
    }
}
