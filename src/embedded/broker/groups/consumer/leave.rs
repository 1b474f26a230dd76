//! A member leaves, for good or to come back.

use super::errors::{fenced_instance, unknown_instance, unknown_member};
use super::member::AWAY;
use super::{Assignment, Beat, Group};
use crate::embedded::broker::topics::Topics;
use crate::embedded::broker::wire::ItemError;

impl Group {
    /// Lets the member go; what it had is for the others. A static member that will come back keeps
    /// it until its session is over.
    pub fn leave(&mut self, beat: &Beat, topics: &Topics) -> Result<(), ItemError> {
        if let Some(instance) = &beat.instance {
            let id = self.instances.get(instance).ok_or_else(|| unknown_instance(instance))?;
            if *id != beat.member {
                return Err(fenced_instance(instance, &beat.member, id));
            }
        }
        let member = self.members.get_mut(&beat.member);
        let member = member.ok_or_else(|| unknown_member(&beat.member))?;
        if beat.epoch == AWAY && member.instance.is_some() {
            member.epoch = AWAY;
            member.revoking = Assignment::default();
            member.revoked_by = None;
            return Ok(());
        }
        self.drop_member(&beat.member);
        self.look_at(topics, true);
        self.aim();
        Ok(())
    }

    /// Takes a member out of the books.
    pub(super) fn drop_member(&mut self, id: &str) {
        if let Some(member) = self.members.shift_remove(id) {
            if let Some(instance) = &member.instance {
                self.instances.remove(instance);
            }
            self.epoch += 1;
        }
    }
}
