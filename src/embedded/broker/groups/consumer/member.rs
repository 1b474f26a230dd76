//! One member of a group.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use super::{Assignment, Pattern};

/// How far a member is on the way to what it is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// It has arrived.
    #[default]
    Stable,
    /// It has to let go of partitions first.
    Revoking,
    /// It waits for others to let go of partitions.
    Waiting,
}

/// A member of a group.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// The id its owner gave it, if it is a static member.
    pub instance: Option<String>,
    /// Where it says to be.
    pub rack: Option<String>,
    /// What its client calls itself.
    pub client_id: String,
    /// Where its client is.
    pub host: String,
    /// How long it may take to let go of partitions.
    pub rebalance: Duration,
    /// The assignor it wants.
    pub assignor: Option<String>,
    /// The topics it names.
    pub names: BTreeSet<String>,
    /// Which other topics it wants.
    pub pattern: Option<Pattern>,
    /// The epoch of the assignment it has; [`AWAY`] while a static member is away.
    pub epoch: i32,
    /// The one before, which a member may still take for its own if an answer was lost.
    pub(super) before: i32,
    /// How far it is.
    pub(super) step: Step,
    /// What it has, and may read.
    pub assigned: Assignment,
    /// What it has to let go of.
    pub(super) revoking: Assignment,
    /// What it is to have.
    pub target: Assignment,
    /// When its silence is too long.
    pub(super) deadline: Instant,
    /// When it must have let go of what it has to.
    pub(super) revoked_by: Option<Instant>,
}

/// The epoch of a member that joins.
pub const JOINS: i32 = 0;
/// The epoch of a member that leaves.
pub const LEAVES: i32 = -1;
/// The epoch of a static member that leaves and will come back.
pub const AWAY: i32 = -2;

impl Member {
    /// Whether `place` is, or may still be, read by it.
    pub(super) fn holds(&self, place: &super::assignment::Place) -> bool {
        self.assigned.has(place) || self.revoking.has(place)
    }

    /// Whether it has what it is to have at `epoch`.
    pub(super) fn arrived(&self, epoch: i32) -> bool {
        self.step == Step::Stable && self.epoch == epoch
    }
}
