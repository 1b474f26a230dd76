//! One member of a group, and the answer it may wait for.

use std::time::Duration;

use bytes::Bytes;
use kafka_protocol::ResponseError;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{Joined, Synced};

/// An answer that is there, or will be.
pub enum Ticket<T> {
    /// Here it is.
    Now(T),
    /// It comes when the other members have done their part.
    Later(oneshot::Receiver<T>),
}

impl<T> Ticket<T> {
    /// The answer; `None` if the group forgot the member meanwhile.
    pub async fn answer(self) -> Option<T> {
        match self {
            Ticket::Now(answer) => Some(answer),
            Ticket::Later(answer) => answer.await.ok(),
        }
    }
}

/// Where a member's answer goes.
pub type Waiter<T> = oneshot::Sender<Result<T, ResponseError>>;

/// A member of a group.
#[derive(Debug)]
pub struct Member {
    /// The id the broker gave it.
    pub id: String,
    /// The id its owner gave it, if it is a static member.
    pub instance: Option<String>,
    /// What its client calls itself.
    pub client_id: String,
    /// Where its client is.
    pub host: String,
    /// How long it may be silent.
    pub session: Duration,
    /// How long the others wait for it to join again.
    pub rebalance: Duration,
    /// The assignors it knows, best first, each with its subscription.
    pub protocols: Vec<(String, Bytes)>,
    /// What the leader assigned to it.
    pub assignment: Bytes,
    /// When its silence is too long.
    pub deadline: Instant,
    /// It has joined and waits for the others.
    pub joining: Option<Waiter<Joined>>,
    /// It waits for its assignment.
    pub syncing: Option<Waiter<Synced>>,
}

impl Member {
    /// Counts its silence from `now` on.
    pub fn touch(&mut self, now: Instant) {
        self.deadline = now + self.session;
    }

    /// Whether it waits for an answer, so that its silence is not its fault.
    pub fn waits(&self) -> bool {
        self.joining.as_ref().is_some_and(|waiter| !waiter.is_closed())
            || self.syncing.as_ref().is_some_and(|waiter| !waiter.is_closed())
    }

    /// Its subscription for the assignor `protocol`.
    pub fn metadata(&self, protocol: &str) -> Bytes {
        let known = self.protocols.iter().find(|(name, _)| name == protocol);
        known.map(|(_, metadata)| metadata.clone()).unwrap_or_default()
    }

    /// Answers a join, if it waits for one.
    pub fn answer_join(&mut self, answer: Result<Joined, ResponseError>) {
        if let Some(waiter) = self.joining.take() {
            let _gone = waiter.send(answer);
        }
    }

    /// Answers a sync, if it waits for one.
    pub fn answer_sync(&mut self, answer: Result<Synced, ResponseError>) {
        if let Some(waiter) = self.syncing.take() {
            let _gone = waiter.send(answer);
        }
    }

    /// Answers whatever it waits for with `error`.
    pub fn refuse(&mut self, error: ResponseError) {
        self.answer_join(Err(error));
        self.answer_sync(Err(error));
    }
}
