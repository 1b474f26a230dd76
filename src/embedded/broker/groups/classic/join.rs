//! A member joins, or joins again.

use std::time::Duration;

use bytes::Bytes;
use kafka_protocol::ResponseError;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{Group, Member, State, Ticket};

/// Who wants to join, and what it brings.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    /// The id the broker gave it; empty at first.
    pub member: String,
    /// An id to give if it has none.
    pub fresh: String,
    /// The id its owner gave it, if it is a static member.
    pub instance: Option<String>,
    /// What its client calls itself.
    pub client_id: String,
    /// Where its client is.
    pub host: String,
    /// How long it may be silent.
    pub session: Duration,
    /// How long the others wait for it.
    pub rebalance: Duration,
    /// `consumer`, or `connect`.
    pub protocol_type: String,
    /// The assignors it knows, best first, each with its subscription.
    pub protocols: Vec<(String, Bytes)>,
    /// Whether it must learn its id before it joins (KIP-394).
    pub id_first: bool,
}

/// What a member learns when all have joined.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// Its id.
    pub member: String,
    /// The new generation.
    pub generation: i32,
    /// What the members are.
    pub protocol_type: Option<String>,
    /// The assignor that was chosen.
    pub protocol: Option<String>,
    /// The id of the leader.
    pub leader: String,
    /// Whether a leader that came back finds everything assigned (KIP-814).
    pub skip_assignment: bool,
    /// For the leader: all members with their subscriptions.
    pub members: Vec<JoinedMember>,
}

/// A member as its leader sees it.
#[derive(Debug, Clone)]
pub struct JoinedMember {
    /// Its id.
    pub id: String,
    /// The id its owner gave it.
    pub instance: Option<String>,
    /// Its subscription.
    pub metadata: Bytes,
}

type Answer = Ticket<Result<Joined, ResponseError>>;

impl Group {
    /// Lets a member in. The answer comes when all members have joined.
    pub fn join(&mut self, request: JoinRequest, now: Instant) -> Answer {
        if !self.fits(&request) {
            return Ticket::Now(Err(ResponseError::InconsistentGroupProtocol));
        }
        let known = request.instance.as_ref().and_then(|instance| self.instances.get(instance));
        match (request.member.is_empty(), known.cloned()) {
            (true, Some(old)) => self.replace(&old, request, now),
            (true, None) if request.id_first && request.instance.is_none() => {
                self.pending.insert(request.fresh.clone(), now + request.session);
                Ticket::Now(Err(ResponseError::MemberIdRequired))
            }
            (true, None) => {
                let id = request.fresh.clone();
                self.admit(id, request, now)
            }
            (false, _) => self.join_known(request, now),
        }
    }

    /// Whether all members would have an assignor in common.
    fn fits(&self, request: &JoinRequest) -> bool {
        if request.protocol_type.is_empty() || request.protocols.is_empty() {
            return false;
        }
        if self.members.is_empty() {
            return true;
        }
        self.protocol_type.as_ref() == Some(&request.protocol_type)
            && request.protocols.iter().any(|(name, _)| self.all_know(name))
    }

    fn join_known(&mut self, request: JoinRequest, now: Instant) -> Answer {
        let id = request.member.clone();
        if self.pending.remove(&id).is_some() {
            return self.admit(id, request, now);
        }
        if let Err(error) = self.check_instance(&id, request.instance.as_deref()) {
            return Ticket::Now(Err(error));
        }
        let Some(member) = self.members.get(&id) else {
            return Ticket::Now(Err(ResponseError::UnknownMemberId));
        };
        let changed = member.protocols != request.protocols;
        let leads = self.leader.as_deref() == Some(&id);
        let missed_answer = match self.state {
            State::CompletingRebalance => !changed,
            State::Stable => !changed && !leads,
            _ => false,
        };
        if missed_answer {
            return Ticket::Now(Ok(self.joined(&id)));
        }
        self.wait_for_all(&id, request, now)
    }

    /// Puts a new member into the books.
    fn admit(&mut self, id: String, request: JoinRequest, now: Instant) -> Answer {
        if self.members.is_empty() {
            self.protocol_type = Some(request.protocol_type.clone());
        }
        if let Some(instance) = &request.instance {
            self.instances.insert(instance.clone(), id.clone());
        }
        let member = Member {
            id: id.clone(),
            instance: request.instance.clone(),
            client_id: request.client_id.clone(),
            host: request.host.clone(),
            session: request.session,
            rebalance: request.rebalance,
            protocols: Vec::new(),
            assignment: Bytes::new(),
            deadline: now + request.session,
            joining: None,
            syncing: None,
        };
        self.members.insert(id.clone(), member);
        self.wait_for_all(&id, request, now)
    }

    /// Takes what the member brings, and rebalances.
    fn wait_for_all(&mut self, id: &str, request: JoinRequest, now: Instant) -> Answer {
        let (waiter, answer) = oneshot::channel();
        if let Some(member) = self.members.get_mut(id) {
            member.protocols = request.protocols;
            member.session = request.session;
            member.rebalance = request.rebalance;
            member.touch(now);
            member.joining = Some(waiter);
        }
        self.rebalance(now);
        Ticket::Later(answer)
    }

    /// A static member came back without its id: a new id takes the old one's place.
    fn replace(&mut self, old: &str, request: JoinRequest, now: Instant) -> Answer {
        let led = self.leader.as_deref() == Some(old);
        let Some(mut member) = self.members.shift_remove(old) else {
            return Ticket::Now(Err(ResponseError::UnknownMemberId));
        };
        member.refuse(ResponseError::FencedInstanceId);
        let id = request.fresh.clone();
        let same = member.protocols == request.protocols;
        member.id.clone_from(&id);
        member.touch(now);
        if let Some(instance) = &request.instance {
            self.instances.insert(instance.clone(), id.clone());
        }
        self.members.insert(id.clone(), member);
        if led {
            self.leader = Some(id.clone());
        }
        if self.state == State::Stable && same {
            return Ticket::Now(Ok(Joined { skip_assignment: led, ..self.joined(&id) }));
        }
        self.wait_for_all(&id, request, now)
    }
}
