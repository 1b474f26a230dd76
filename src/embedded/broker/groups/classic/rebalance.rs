//! All members join; then the leader assigns.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{Group, Joined, JoinedMember, State};

impl Group {
    /// Asks all members to join again, unless that was asked already; ends the wait if it can.
    pub(super) fn rebalance(&mut self, now: Instant) {
        if self.state != State::PreparingRebalance {
            for member in self.members.values_mut() {
                member.answer_sync(Err(ResponseError::RebalanceInProgress));
            }
            self.state = State::PreparingRebalance;
            self.rebalance_ends = Some(now + self.patience());
        }
        self.begin_if_all_joined(now);
    }

    /// Begins the next generation if nobody is missing.
    pub(super) fn begin_if_all_joined(&mut self, now: Instant) {
        let all = self.members.values().all(|member| member.joining.is_some());
        if all && self.pending.is_empty() {
            self.begin(now);
        }
    }

    /// The wait is over: members that did not join are out, except static ones, which may be away
    /// for as long as their session lasts.
    pub(super) fn begin_without_missing(&mut self, now: Instant) {
        let missing = self.members.values();
        let missing =
            missing.filter(|member| member.joining.is_none() && member.instance.is_none());
        let missing: Vec<_> = missing.map(|member| member.id.clone()).collect();
        for id in missing {
            self.drop_member(&id, ResponseError::UnknownMemberId);
        }
        let nobody = self.members.values().all(|member| member.joining.is_none());
        if nobody && !self.members.is_empty() {
            self.rebalance_ends = Some(now + self.patience());
            return;
        }
        self.begin(now);
    }

    fn begin(&mut self, now: Instant) {
        self.generation += 1;
        if self.members.is_empty() {
            self.state = State::Empty;
            self.protocol = None;
            self.leader = None;
            self.rebalance_ends = None;
            return;
        }
        self.state = State::CompletingRebalance;
        self.rebalance_ends = Some(now + self.patience());
        self.protocol = self.vote();
        self.elect();
        let ids: Vec<_> = self.members.keys().cloned().collect();
        for id in ids {
            let joined = self.joined(&id);
            if let Some(member) = self.members.get_mut(&id).filter(|m| m.joining.is_some()) {
                member.touch(now);
                member.answer_join(Ok(joined));
            }
        }
    }

    /// The leader stays as long as it joins; else the first that joined leads.
    fn elect(&mut self) {
        let joined = |id: &String| self.members.get(id).is_some_and(|m| m.joining.is_some());
        if !self.leader.as_ref().is_some_and(joined) {
            self.leader = self.members.keys().find(|id| joined(id)).cloned();
        }
    }

    /// Each member votes for the first of its assignors that all know.
    fn vote(&self) -> Option<String> {
        let favourite = |member: &super::Member| {
            let mut names = member.protocols.iter().map(|(name, _)| name);
            names.find(|name| self.all_know(name)).cloned()
        };
        let votes: Vec<_> = self.members.values().filter_map(favourite).collect();
        let count = |name: &String| votes.iter().filter(|vote| *vote == name).count();
        // The first of several with the same count, so the order of `votes` is kept.
        votes.iter().rev().max_by_key(|name| count(name)).cloned()
    }

    pub(super) fn all_know(&self, protocol: &str) -> bool {
        self.members
            .values()
            .all(|member| member.protocols.iter().any(|(name, _)| name == protocol))
    }

    /// What member `id` learns of the current generation.
    pub(super) fn joined(&self, id: &str) -> Joined {
        let leader = self.leader.clone().unwrap_or_default();
        let protocol = self.protocol.clone().unwrap_or_default();
        let describe = |member: &super::Member| JoinedMember {
            id: member.id.clone(),
            instance: member.instance.clone(),
            metadata: member.metadata(&protocol),
        };
        let leads = leader == id;
        let members =
            if leads { self.members.values().map(describe).collect() } else { Vec::new() };
        Joined {
            member: id.to_owned(),
            generation: self.generation,
            protocol_type: self.protocol_type.clone(),
            protocol: self.protocol.clone(),
            leader,
            skip_assignment: false,
            members,
        }
    }
}
