//! The leader hands in the assignment, the others fetch theirs.

use std::collections::HashMap;

use bytes::Bytes;
use kafka_protocol::ResponseError;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{Group, State, Ticket};

/// Who asks for its assignment; the leader brings those of all.
#[derive(Debug, Clone, Default)]
pub struct SyncRequest {
    /// The member's id.
    pub member: String,
    /// The id its owner gave it.
    pub instance: Option<String>,
    /// The generation it joined.
    pub generation: i32,
    /// What it takes the group for, if it says so.
    pub protocol_type: Option<String>,
    /// The assignor it takes for chosen, if it says so.
    pub protocol: Option<String>,
    /// From the leader: member ids and their assignments.
    pub assignments: HashMap<String, Bytes>,
}

/// A member's assignment.
#[derive(Debug, Clone, Default)]
pub struct Synced {
    /// What the group is.
    pub protocol_type: Option<String>,
    /// The assignor that was used.
    pub protocol: Option<String>,
    /// The assignment, in the assignor's own form.
    pub assignment: Bytes,
}

impl Group {
    /// Answers with the member's assignment, once the leader has brought it.
    pub fn sync(
        &mut self,
        request: SyncRequest,
        now: Instant,
    ) -> Ticket<Result<Synced, ResponseError>> {
        if let Err(error) = self.check_sync(&request, now) {
            return Ticket::Now(Err(error));
        }
        let id = request.member;
        if self.state == State::Stable {
            return Ticket::Now(Ok(self.synced(&id)));
        }
        let (waiter, answer) = oneshot::channel();
        if let Some(member) = self.members.get_mut(&id) {
            member.syncing = Some(waiter);
        }
        if self.leader.as_ref() == Some(&id) {
            self.assign(request.assignments, now);
        }
        Ticket::Later(answer)
    }

    fn check_sync(&mut self, request: &SyncRequest, now: Instant) -> Result<(), ResponseError> {
        let differs =
            |theirs: &Option<String>, ours: &Option<String>| theirs.is_some() && theirs != ours;
        let instance = request.instance.as_deref();
        self.touch_member(&request.member, instance, request.generation, now)?;
        if differs(&request.protocol_type, &self.protocol_type)
            || differs(&request.protocol, &self.protocol)
        {
            return Err(ResponseError::InconsistentGroupProtocol);
        }
        match self.state {
            State::Stable | State::CompletingRebalance => Ok(()),
            State::PreparingRebalance => Err(ResponseError::RebalanceInProgress),
            State::Empty => Err(ResponseError::UnknownMemberId),
        }
    }

    fn assign(&mut self, mut assignments: HashMap<String, Bytes>, now: Instant) {
        self.state = State::Stable;
        self.rebalance_ends = None;
        let ids: Vec<_> = self.members.keys().cloned().collect();
        for id in ids {
            if let Some(member) = self.members.get_mut(&id) {
                member.assignment = assignments.remove(&id).unwrap_or_default();
                member.touch(now);
            }
            let synced = self.synced(&id);
            if let Some(member) = self.members.get_mut(&id) {
                member.answer_sync(Ok(synced));
            }
        }
    }

    fn synced(&self, id: &str) -> Synced {
        let assignment = self.members.get(id).map(|member| member.assignment.clone());
        Synced {
            protocol_type: self.protocol_type.clone(),
            protocol: self.protocol.clone(),
            assignment: assignment.unwrap_or_default(),
        }
    }
}
