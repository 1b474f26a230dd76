//! Who may commit and fetch the offsets of a group.

use kafka_protocol::ResponseError;
use tokio::time::Instant;

use super::{Group, Protocol};

/// Someone who commits as a member of a group, or of none.
#[derive(Debug, Clone, Copy)]
pub struct Committer<'a> {
    /// Its id; empty if it is none.
    pub member: &'a str,
    /// The id its owner gave it.
    pub instance: Option<&'a str>,
    /// The generation, or the epoch by KIP-848, that it takes for the current one; negative if it is
    /// not a member.
    pub generation: i32,
    /// Whether its request may carry an epoch.
    pub knows_epochs: bool,
}

impl Group {
    /// Whether `who` may commit offsets.
    pub fn may_commit(&mut self, who: Committer, now: Instant) -> Result<(), ResponseError> {
        self.lives()?;
        if who.generation < 0 && self.is_empty() {
            return Ok(()); // someone who assigns partitions without the group
        }
        match &mut self.protocol {
            Protocol::Classic(group) => {
                group.may_commit(who.member, who.instance, who.generation, now)
            }
            Protocol::Consumer(group) if group.members.contains_key(who.member) => {
                if !who.knows_epochs {
                    return Err(ResponseError::UnsupportedVersion);
                }
                group.check_epoch(who.member, who.generation)
            }
            Protocol::Consumer(_) => Err(ResponseError::UnknownMemberId),
        }
    }

    /// A group that was deleted in between keeps nothing; who asks again finds a new one.
    fn lives(&self) -> Result<(), ResponseError> {
        if self.dead { Err(ResponseError::CoordinatorNotAvailable) } else { Ok(()) }
    }

    /// Whether `who` may commit offsets within a transaction (KIP-447): an old client names no
    /// member, and a rebalance does not stop it.
    pub fn may_commit_in_transaction(
        &mut self,
        who: Committer,
        now: Instant,
    ) -> Result<(), ResponseError> {
        self.lives()?;
        if who.generation < 0 && who.member.is_empty() && who.instance.is_none() {
            return Ok(());
        }
        match self.may_commit(who, now) {
            Err(ResponseError::RebalanceInProgress) => Ok(()),
            // What clients of transactions know instead.
            Err(ResponseError::StaleMemberEpoch) => Err(ResponseError::IllegalGeneration),
            checked => checked,
        }
    }

    /// Whether `member` may fetch offsets as one of `epoch`; old clients and tools name no member.
    pub fn may_fetch(&self, member: Option<&str>, epoch: i32) -> Result<(), ResponseError> {
        match (&self.protocol, member) {
            (Protocol::Classic(_), _) => Ok(()),
            (Protocol::Consumer(_), None) if epoch < 0 => Ok(()),
            (Protocol::Consumer(group), member) => {
                group.check_epoch(member.unwrap_or_default(), epoch)
            }
        }
    }
}
