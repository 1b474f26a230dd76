//! What is assigned, queued, in flight and done.
//!
//! An input comes this far, step by step:
//!
//! - *queued*: it was read and handed to a worker ([`Ledger::queue`]);
//! - *begun*: the worker has taken up the batch it is in ([`Ledger::take_up`]);
//! - *finished*: the stages are through with it, and all that was made of it is sent
//!   ([`Ledger::finish`]);
//! - *done*: every record made of it is acknowledged ([`Ledger::report`]);
//! - *committed*: the group's offset is behind it ([`Ledger::committed`]; only transactions tell).
//!
//! A [`tracker::Tracker`] knows how far each input of its partition is; the ledger knows which
//! partitions there are, finds the tracker of each report and adds up what is on its way. Reader,
//! workers and the producer's thread write it together, at the [`desk`]. What they write is in
//! `assignment` (which partitions there are), `work` (queued to finished), `reports` (finished to
//! done) and `offsets` (done to committed); what brokers did not take is in `undelivered`, which says
//! what is made again and what becomes a dead letter.

mod assignment;
pub mod batch;
mod blame;
pub mod conviction;
pub mod desk;
pub mod lane;
mod offsets;
pub mod place;
mod reports;
pub mod ticket;
pub mod tracker;
pub mod undelivered;
mod work;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::lane::Lane;
use self::tracker::Tracker;
use self::undelivered::Undelivered;
pub use self::work::{Finished, Outputs};
use crate::stream::{StreamError, Summary};

/// One assigned partition: its lane, and what is known of its inputs.
struct Entry {
    lane: Arc<Lane>,
    tracker: Tracker,
    /// Bytes that are queued, worked on, or not acknowledged.
    bytes: isize,
    /// Inputs that are queued or begun, and not finished.
    queued: usize,
    /// Its first input waits to be tried again.
    held: bool,
}

/// What is assigned, queued, in flight and done.
#[derive(Default)]
pub struct Ledger {
    /// The number of the lane of each assigned partition.
    topics: HashMap<Arc<str>, BTreeMap<i32, u32>>,
    /// What is known of each lane, by its number.
    entries: HashMap<u32, Entry>,
    /// The number that was given to a lane last.
    last_id: u32,
    /// How many lanes each worker has.
    workers: Vec<usize>,
    /// Rises with every assignment.
    pub epoch: u64,
    /// Rises whenever another set of partitions should be paused.
    pub holds: u64,

    /// Bytes that are queued, worked on or not acknowledged.
    pub bytes: isize,
    /// Inputs that are queued or begun, and not finished.
    pub queued: usize,
    /// Workers in the middle of a batch.
    pub busy: usize,
    /// Records sent less reports; a report may come before the entry of what was sent.
    pub unreported: isize,
    /// What was done so far.
    pub counts: Summary,

    /// Why the run cannot go on: the first reason.
    pub failed: Option<StreamError>,
    /// Records that were not delivered.
    pub undelivered: Undelivered,
    /// The producer takes nothing more until its transaction is taken back.
    pub refusing: bool,
    /// An input was broken off when some of what was made of it had been sent.
    pub torn: bool,
    /// How often what was done was committed in one piece.
    pub commits: u64,

    /// The reader waits until there are no more bytes than this.
    room_at: Option<isize>,
    /// How many others wait for anything to be settled.
    waiting: usize,
}

impl Ledger {
    /// An empty ledger for so many workers.
    pub fn new(workers: usize) -> Ledger {
        Ledger { workers: vec![0; workers.max(1)], ..Ledger::default() }
    }

    /// Whether something happened that the reader must look at.
    pub fn trouble(&self) -> bool {
        self.failed.is_some() || !self.undelivered.is_empty() || self.refusing
    }

    fn entry(&self, topic: &str, partition: i32) -> Option<&Entry> {
        self.entries.get(self.topics.get(topic)?.get(&partition)?)
    }

    fn entry_mut(&mut self, topic: &str, partition: i32) -> Option<&mut Entry> {
        self.entries.get_mut(self.topics.get(topic)?.get(&partition)?)
    }
}
