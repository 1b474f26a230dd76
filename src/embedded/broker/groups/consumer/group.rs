//! One group of the protocol of KIP-848.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use kafka_protocol::ResponseError;
use uuid::Uuid;

use super::assignors::Assignor;
use super::{Assignment, Member};

/// A group of the protocol of KIP-848.
#[derive(Debug, Default)]
pub struct Group {
    /// How often members, subscriptions or topics changed.
    pub epoch: i32,
    /// The epoch for which partitions were assigned last.
    pub assignment_epoch: i32,
    /// The members by id, in the order in which they came.
    pub members: IndexMap<String, Member>,
    /// Static members: the owner's id to that of the member.
    pub(super) instances: HashMap<String, String>,
    /// The topics its members are subscribed to, by id, with their names and numbers of partitions.
    pub(super) topics: BTreeMap<Uuid, (String, i32)>,
    /// The state of all topics at the last look at them.
    pub(super) looked_at: Option<u64>,
}

impl Group {
    /// Kafka's word for what the group is doing.
    pub fn state(&self) -> &'static str {
        if self.members.is_empty() {
            "Empty"
        } else if self.epoch > self.assignment_epoch {
            "Assigning"
        } else if self.members.values().all(|member| member.arrived(self.assignment_epoch)) {
            "Stable"
        } else {
            "Reconciling"
        }
    }

    /// The assignor that most members want; the broker's default if they want none.
    pub(super) fn assignor(&self) -> Assignor {
        let wanted: Vec<_> = self.members.values().filter_map(|m| m.assignor.as_ref()).collect();
        let votes = |name: &&&String| wanted.iter().filter(|other| other == name).count();
        let most = wanted.iter().max_by_key(votes);
        most.and_then(|name| Assignor::named(name)).unwrap_or_default()
    }

    /// The name of the assignor that most members want.
    pub fn assignor_name(&self) -> &'static str {
        self.assignor().name()
    }

    /// The name of the topic with `id`, as long as a member is subscribed to it.
    pub fn topic_name(&self, id: Uuid) -> &str {
        self.topics.get(&id).map_or("", |(name, _)| name)
    }

    /// Whether a member is subscribed to `topic`.
    pub fn subscribes(&self, topic: &str) -> bool {
        self.members.values().any(|member| member.wants(topic))
    }

    /// Whether the member with `id` may act as one of `epoch`.
    pub fn check_epoch(&self, id: &str, epoch: i32) -> Result<(), ResponseError> {
        let member = self.members.get(id).ok_or(ResponseError::UnknownMemberId)?;
        if member.epoch == epoch { Ok(()) } else { Err(ResponseError::StaleMemberEpoch) }
    }

    /// What each of the other members holds is not free.
    pub(super) fn held_by_others(&self, id: &str, place: &super::assignment::Place) -> bool {
        self.members.values().any(|member| member.id != id && member.holds(place))
    }

    /// What the member with `id` has now.
    pub(super) fn assigned(&self, id: &str) -> Assignment {
        self.members.get(id).map(|member| member.assigned.clone()).unwrap_or_default()
    }
}
