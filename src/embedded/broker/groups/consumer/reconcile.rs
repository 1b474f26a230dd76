//! A member moves from what it has to what it is to have: first it lets go, then it gets.

use tokio::time::Instant;

use super::member::Step;
use super::{Assignment, Group};

impl Group {
    /// Moves the member with `id`, which says that it has `owned`, as far as it can go now.
    pub(super) fn reconcile(&mut self, id: &str, owned: Option<&Assignment>, now: Instant) {
        let target_epoch = self.assignment_epoch;
        let Some(member) = self.members.get(id) else {
            return;
        };
        let still_has = |places: &Assignment| owned.is_none_or(|owned| places.meets(owned));
        let stays = match member.step {
            Step::Stable => member.epoch == target_epoch,
            Step::Revoking => still_has(&member.revoking),
            Step::Waiting => false,
        };
        if stays {
            return;
        }
        let (has, target) = (&member.assigned, &member.target);
        let kept = has.filter(|place| target.has(place));
        let given_up = has.filter(|place| !target.has(place));
        let missing = target.filter(|place| !kept.has(place));
        let free = missing.filter(|place| !self.held_by_others(id, place));
        let waits = free != missing;
        let must_revoke = !given_up.is_empty() && still_has(&given_up);
        let Some(member) = self.members.get_mut(id) else {
            return;
        };
        member.assigned = kept;
        if must_revoke {
            // It keeps its epoch until it has let go.
            let next = i32::from(member.step == Step::Revoking);
            member.advance(member.epoch + next);
            member.step = Step::Revoking;
            member.revoking = given_up;
            member.revoked_by = Some(now + member.rebalance);
            return;
        }
        free.places().for_each(|place| member.assigned.add(place));
        member.revoking = Assignment::default();
        member.revoked_by = None;
        member.step = if waits { Step::Waiting } else { Step::Stable };
        member.advance(target_epoch);
    }
}

impl super::Member {
    fn advance(&mut self, epoch: i32) {
        self.before = self.epoch;
        self.epoch = epoch;
    }
}
