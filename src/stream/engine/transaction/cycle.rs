//! The transactions of one producer, one after the other, as the reading thread leads them.
//!
//! Here is what others call; how a transaction goes from [`Phase`] to [`Phase`] is in `commit` (the
//! way to a commit), `rollback` (the way back) and `failure` (what an error means).

use std::time::Duration;

use rdkafka::consumer::BaseConsumer;
use tokio_util::sync::CancellationToken;

use super::caller::{Caller, Order};
use super::calls::{CallError, Calls};
use super::doubt::Doubt;
use super::phase::Phase;
use super::{Door, Transactions};
use crate::error::{Failure, Kind};
use crate::stream::StreamError;
use crate::stream::engine::delivery::Turn;
use crate::stream::engine::ledger::desk::Shared;
use crate::stream::engine::outlet::Outlet;
use crate::stream::engine::reader::member::Member;
use crate::stream::engine::setbacks::Setbacks;

/// What a transaction has to do with.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub consumer: &'a BaseConsumer<Member>,
    pub desk: &'a Shared,
    pub door: &'a Door,
}

/// The transactions of one producer.
pub struct Cycle {
    pub(super) group: String,
    pub(super) id: String,
    pub(super) options: Transactions,
    pub(super) outlet: Outlet,
    /// Whether a record that is refused may become a dead letter.
    pub(super) letters: bool,
    pub(super) caller: Caller,
    pub(super) hurry: CancellationToken,
    pub(super) phase: Phase,
    pub(super) aborts: Setbacks,
    pub(super) doubt: Doubt,
    /// The last abort was for the sake of a record: no service needs a rest.
    pub(super) for_a_record: bool,
    told: Turn,
}

impl Cycle {
    /// Begins to take over the transactional id; [`Cycle::begun`] tells when a transaction is open.
    pub fn start(
        (group, id): (String, String),
        options: Transactions,
        (outlet, letters): (&Outlet, bool),
    ) -> Result<Cycle, StreamError> {
        let hurry = CancellationToken::new();
        let outlet = outlet.clone();
        let calls =
            Calls { outlet: outlet.clone(), timeout: options.timeout, hurry: hurry.clone() };
        let caller = Caller::start(calls).map_err(|error| {
            Failure::new(Kind::Failed, format!("cannot start a thread for transactions: {error}"))
        })?;
        caller.order(Order::Init);
        let (phase, aborts, told) = (Phase::Open, Setbacks::default(), Turn::On);
        let (doubt, for_a_record) = (Doubt::None, false);
        Ok(Cycle {
            group,
            id,
            options,
            outlet,
            letters,
            caller,
            hurry,
            phase,
            aborts,
            doubt,
            for_a_record,
            told,
        })
    }

    /// Whether the first transaction is open; waits for that at most `wait`.
    pub fn begun(&self, wait: Duration) -> Result<bool, StreamError> {
        match self.caller.answer(wait) {
            None => Ok(false),
            Some(Ok(())) => Ok(true),
            Some(Err(CallError::Abort(error))) => Err(self.refused("begin a transaction", &error)),
            Some(Err(CallError::Fatal(attempt, error))) => Err(self.refused(attempt, &error)),
        }
    }

    /// Whether workers may send, as soon as the door is open.
    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open)
    }

    /// Whether a commit is on its way.
    pub fn is_ending(&self) -> bool {
        matches!(self.phase, Phase::Closing | Phase::Committing(_))
    }

    /// Whether the producer cannot go on.
    pub fn has_failed(&self) -> bool {
        matches!(self.phase, Phase::Failed(_))
    }

    /// Ends the open transaction as soon as what was begun is finished.
    pub fn close(&mut self, door: &Door) {
        if self.is_open() {
            door.close();
            self.phase = Phase::Closing;
        }
    }

    /// The same, where the transaction is large or old enough.
    pub fn close_where_due(&mut self, door: &Door) {
        let (entered, age) = door.entered();
        if age >= self.options.time || entered >= self.aborts.limit(self.options.records) {
            self.close(door);
        }
    }

    /// Goes on as far as that is possible within `wait`.
    pub fn step(&mut self, around: Around<'_>, wait: Duration) -> Result<Turn, StreamError> {
        if matches!(self.phase, Phase::Open | Phase::Closing) {
            self.check_deliveries(around)?;
        }
        match &self.phase {
            Phase::Open => Ok(Turn::On),
            Phase::Closing => self.closing(around, wait),
            Phase::Committing(_) => self.committing(around, wait),
            Phase::Emptying(with) => Ok(self.emptying(around, *with, wait)),
            Phase::Aborting => self.aborting(around, wait),
            Phase::Resting(until) => self.resting(around, *until, wait),
            Phase::Failed(error) => Err(error.clone()),
        }
    }

    /// Keeps what a step did for the next turn.
    pub fn tell(&mut self, turn: Turn) {
        if turn != Turn::On {
            self.told = turn;
        }
    }

    /// What was done while nobody could be told.
    pub fn told(&mut self) -> Turn {
        std::mem::replace(&mut self.told, Turn::On)
    }
}
