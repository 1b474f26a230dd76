//! A member joins, or shows that it is the one it says to be.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::errors::{fenced_epoch, fenced_instance, unknown_instance, unknown_member, unreleased};
use super::member::{AWAY, JOINS, Step};
use super::{Assignment, Beat, Group, Member};
use crate::embedded::broker::wire::ItemError;

/// How a member was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It was there.
    Known,
    /// It was let in.
    New,
    /// It took the place of a static member.
    Replaced,
}

impl Group {
    /// Finds the member that beats, or lets it in.
    pub(super) fn enter(&mut self, beat: &Beat, now: Instant) -> Result<Entry, ItemError> {
        let Some(instance) = &beat.instance else {
            return self.enter_dynamic(beat, now);
        };
        let known = self.instances.get(instance).cloned();
        if beat.epoch != JOINS {
            let id = known.ok_or_else(|| unknown_instance(instance))?;
            if id != beat.member {
                return Err(fenced_instance(instance, &beat.member, &id));
            }
            return self.check(beat);
        }
        match known {
            None => {
                self.admit(beat, now);
                self.instances.insert(instance.clone(), beat.member.clone());
                Ok(Entry::New)
            }
            Some(id) => self.replace(&id, instance, beat),
        }
    }

    fn enter_dynamic(&mut self, beat: &Beat, now: Instant) -> Result<Entry, ItemError> {
        if self.members.contains_key(&beat.member) {
            return self.check(beat);
        }
        if beat.epoch != JOINS {
            return Err(unknown_member(&beat.member));
        }
        self.admit(beat, now);
        Ok(Entry::New)
    }

    /// Whether the member is at the epoch it says, or at the one after it: the answer that told it
    /// so may have been lost.
    fn check(&self, beat: &Beat) -> Result<Entry, ItemError> {
        let member = self.members.get(&beat.member).ok_or_else(|| unknown_member(&beat.member))?;
        let owned = beat.owned.as_ref();
        let late = || {
            beat.epoch == member.before && owned.is_some_and(|owned| owned.within(&member.assigned))
        };
        if beat.epoch == member.epoch || (beat.epoch < member.epoch && late()) {
            return Ok(Entry::Known);
        }
        Err(fenced_epoch(member, beat.epoch))
    }

    fn admit(&mut self, beat: &Beat, now: Instant) {
        let member = Member {
            id: beat.member.clone(),
            instance: beat.instance.clone(),
            rack: None,
            client_id: String::new(),
            host: String::new(),
            rebalance: Duration::ZERO,
            assignor: None,
            names: BTreeSet::new(),
            pattern: None,
            epoch: JOINS,
            before: JOINS,
            step: Step::Stable,
            assigned: Assignment::default(),
            revoking: Assignment::default(),
            target: Assignment::default(),
            deadline: now,
            revoked_by: None,
        };
        self.members.insert(beat.member.clone(), member);
    }

    /// A static member that was away came back, with an id of its choice, to what it had.
    fn replace(&mut self, old: &str, instance: &str, beat: &Beat) -> Result<Entry, ItemError> {
        let away = self.members.get(old).is_some_and(|member| member.epoch == AWAY);
        if !away {
            return Err(unreleased(instance, &beat.member, old));
        }
        if let Some(mut member) = self.members.shift_remove(old) {
            member.id.clone_from(&beat.member);
            member.epoch = JOINS;
            member.before = JOINS;
            member.step = Step::Stable;
            self.members.insert(beat.member.clone(), member);
        }
        self.instances.insert(instance.to_owned(), beat.member.clone());
        Ok(Entry::Replaced)
    }
}
