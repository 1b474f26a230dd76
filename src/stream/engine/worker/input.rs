//! The input that a worker is at, and what may become of it.

use crate::clients::kafka::Record;
use crate::error::Failure;
use crate::stream::StreamError;
use crate::stream::engine::ledger::conviction::Conviction;
use crate::stream::engine::ledger::lane::Lane;

/// The input that a worker is at.
pub struct Input<'a> {
    pub lane: &'a Lane,
    pub record: &'a Record,
    /// Its number in the lane.
    pub number: u64,
    /// How often it was tried, this time included.
    pub attempt: u32,
    /// What the broker said to it before, where that was no.
    pub conviction: Option<&'a Conviction>,
}

impl Input<'_> {
    /// `topic[partition]@offset`
    pub fn place(&self) -> String {
        self.lane.at(self.record.offset())
    }
}

/// How an input was finished: all of it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The stages made none, one or many records of it.
    Made,
    /// It is at fault, and became a dead letter.
    DeadLetter,
}

/// Why an input was not finished.
pub enum Halt {
    /// The stage of this name cannot process it now: it is tried again.
    Later(String, Failure),
    /// It does not count: it is read again, here or by whoever has its partition now.
    Void,
    /// The run cannot go on.
    Failed(StreamError),
}

impl From<StreamError> for Halt {
    fn from(error: StreamError) -> Halt {
        Halt::Failed(error)
    }
}
