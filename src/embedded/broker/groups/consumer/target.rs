//! What each member is to have.

use std::collections::BTreeSet;

use super::Group;
use super::assignors::Claimant;

impl Group {
    /// Assigns all partitions anew for the current epoch.
    pub(super) fn aim(&mut self) {
        let topics = self.topics.iter().map(|(id, (_, count))| (*id, *count)).collect();
        let claimants: Vec<_> = self
            .members
            .values()
            .map(|member| {
                let wanted = self.topics.iter().filter(|(_, (name, _))| member.wants(name));
                Claimant {
                    place: (member.instance.is_none(), member.instance.clone(), member.id.clone()),
                    topics: wanted.map(|(id, _)| *id).collect::<BTreeSet<_>>(),
                    has: member.target.clone(),
                }
            })
            .collect();
        let shares = self.assignor().assign(&topics, &claimants);
        for (member, share) in self.members.values_mut().zip(shares) {
            member.target = share;
        }
        self.assignment_epoch = self.epoch;
    }
}
