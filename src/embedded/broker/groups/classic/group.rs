//! One group: its state and members.

use std::collections::HashMap;
use std::time::Duration;

use indexmap::IndexMap;
use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::Member;

/// What a group is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It has no members.
    #[default]
    Empty,
    /// It waits for all members to join.
    PreparingRebalance,
    /// It waits for the leader's assignment.
    CompletingRebalance,
    /// All members have their assignments.
    Stable,
}

impl State {
    /// Kafka's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Empty => "Empty",
            State::PreparingRebalance => "PreparingRebalance",
            State::CompletingRebalance => "CompletingRebalance",
            State::Stable => "Stable",
        }
    }
}

/// A group of the classic protocol.
#[derive(Debug, Default)]
pub struct Group {
    /// What it is doing.
    pub state: State,
    /// How often it was rebalanced.
    pub generation: i32,
    /// What its members are: `consumer`, or `connect`. None until someone joined.
    pub protocol_type: Option<String>,
    /// The assignor chosen for this generation.
    pub protocol: Option<String>,
    /// The member that assigns.
    pub leader: Option<String>,
    /// The members by id, in the order in which they came.
    pub members: IndexMap<String, Member>,
    /// Static members: the owner's id to the broker's.
    pub(super) instances: HashMap<String, String>,
    /// Ids that were given out and not used yet, with the time at which they lapse.
    pub(super) pending: HashMap<String, Instant>,
    /// When the wait for all to join, or to sync, ends.
    pub(super) rebalance_ends: Option<Instant>,
}

impl Group {
    /// Notes that the member `id` is alive `now`, if it belongs to the current generation, and
    /// returns it.
    pub fn touch_member(
        &mut self,
        id: &str,
        instance: Option<&str>,
        generation: i32,
        now: Instant,
    ) -> Result<&mut Member, ResponseError> {
        self.check_instance(id, instance)?;
        let current = self.generation;
        let member = self.members.get_mut(id).ok_or(ResponseError::UnknownMemberId)?;
        if generation != current {
            return Err(ResponseError::IllegalGeneration);
        }
        member.touch(now);
        Ok(member)
    }

    /// Whether the static member `instance` is still the one with `id` (KIP-345).
    pub(super) fn check_instance(
        &self,
        id: &str,
        instance: Option<&str>,
    ) -> Result<(), ResponseError> {
        let Some(instance) = instance else {
            return Ok(());
        };
        match self.instances.get(instance) {
            None => Err(ResponseError::UnknownMemberId),
            Some(known) if known != id => Err(ResponseError::FencedInstanceId),
            Some(_) => Ok(()),
        }
    }

    /// Whether `member` may commit offsets as one of `generation`.
    pub fn may_commit(
        &mut self,
        member: &str,
        instance: Option<&str>,
        generation: i32,
        now: Instant,
    ) -> Result<(), ResponseError> {
        self.touch_member(member, instance, generation, now)?;
        match self.state {
            State::CompletingRebalance => Err(ResponseError::RebalanceInProgress),
            _ => Ok(()),
        }
    }

    /// Whether ids were given out to members that have not joined yet.
    pub fn awaits_members(&self) -> bool {
        !self.pending.is_empty()
    }

    /// The longest time that a member may take to join again.
    pub(super) fn patience(&self) -> Duration {
        self.members.values().map(|member| member.rebalance).max().unwrap_or_default()
    }

    /// Takes a member out of the books; what it waits for is answered with `error`.
    pub(super) fn drop_member(&mut self, id: &str, error: ResponseError) -> bool {
        let Some(mut member) = self.members.shift_remove(id) else {
            return false;
        };
        member.refuse(error);
        if let Some(instance) = &member.instance {
            self.instances.remove(instance);
        }
        if self.leader.as_deref() == Some(id) {
            self.leader = None;
        }
        true
    }
}
