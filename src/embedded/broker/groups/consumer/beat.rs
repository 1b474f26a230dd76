//! One heartbeat, from the request to the answer.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::join::Entry;
use super::member::JOINS;
use super::{Assignment, Group, Member, Pattern};
use crate::embedded::broker::topics::Topics;
use crate::embedded::broker::wire::ItemError;

/// What a member says of itself; none where nothing changed since it last said it.
#[derive(Debug, Clone, Default)]
pub struct Beat {
    /// Its id.
    pub member: String,
    /// Its epoch.
    pub epoch: i32,
    /// The id its owner gave it.
    pub instance: Option<String>,
    /// Where it is.
    pub rack: Option<String>,
    /// What its client calls itself.
    pub client_id: String,
    /// Where its client is.
    pub host: String,
    /// How long it may take to let go of partitions.
    pub rebalance: Option<Duration>,
    /// The topics it names.
    pub names: Option<BTreeSet<String>>,
    /// Which other topics it wants; an empty expression is none.
    pub pattern: Option<Pattern>,
    /// The assignor it wants.
    pub assignor: Option<String>,
    /// What it has.
    pub owned: Option<Assignment>,
    /// How long it may be silent.
    pub session: Duration,
}

/// What the member learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beaten {
    /// Its epoch.
    pub epoch: i32,
    /// What it has from now on; none if that is what it has already.
    pub assigned: Option<Assignment>,
}

impl Group {
    /// Lets a member join or stay, and moves it on towards what it is to have.
    pub fn beat(
        &mut self,
        beat: &Beat,
        topics: &Topics,
        now: Instant,
    ) -> Result<Beaten, ItemError> {
        let entry = self.enter(beat, now)?;
        let before = self.assigned(&beat.member);
        let changed = self.hear(beat, now) || entry == Entry::New;
        if self.look_at(topics, changed) || changed {
            self.epoch += 1;
        }
        if self.epoch > self.assignment_epoch || entry == Entry::Replaced {
            self.aim();
        }
        self.reconcile(&beat.member, beat.owned.as_ref(), now);
        let member = self.members.get(&beat.member);
        let (epoch, assigned) =
            member.map(|member| (member.epoch, member.assigned.clone())).unwrap_or_default();
        let tell = beat.tells_all() || assigned != before;
        Ok(Beaten { epoch, assigned: tell.then_some(assigned) })
    }

    /// Takes over what the member says; whether it is subscribed to something else now.
    fn hear(&mut self, beat: &Beat, now: Instant) -> bool {
        let Some(member) = self.members.get_mut(&beat.member) else {
            return false;
        };
        member.deadline = now + beat.session;
        let before = (member.names.clone(), member.pattern.clone());
        member.hear(beat);
        before != (member.names.clone(), member.pattern.clone())
    }
}

impl Beat {
    /// Whether the member tells all of itself, as it does when it wants to learn all.
    fn tells_all(&self) -> bool {
        let subscribed = self.names.is_some() || self.pattern.is_some();
        self.epoch == JOINS || (self.rebalance.is_some() && subscribed && self.owned.is_some())
    }
}

impl Member {
    fn hear(&mut self, beat: &Beat) {
        self.client_id.clone_from(&beat.client_id);
        self.host.clone_from(&beat.host);
        self.rebalance = beat.rebalance.unwrap_or(self.rebalance);
        if beat.rack.is_some() {
            self.rack.clone_from(&beat.rack);
        }
        if beat.assignor.is_some() {
            self.assignor.clone_from(&beat.assignor);
        }
        if let Some(names) = &beat.names {
            self.names.clone_from(names);
        }
        if let Some(pattern) = &beat.pattern {
            self.pattern = Some(pattern.clone()).filter(|pattern| !pattern.text.is_empty());
        }
    }
}
