//! Which inputs of one partition are done, and so how far its offset may be committed.
//!
//! The ledger holds one tracker for each assigned partition and feeds it; a tracker knows offsets
//! only, neither topics nor Kafka.

use std::collections::VecDeque;

/// The inputs of one partition during one assignment, in offset order.
///
/// An input is done when its processing ended and every record made from it was acknowledged. Only
/// the unbroken run of done inputs at the front may be committed: a gap would lose a record.
#[derive(Debug, Default)]
pub struct Tracker {
    epoch: u64,
    inputs: VecDeque<Input>,
    read: Option<i64>,
    done: Option<i64>,
    /// The place behind the last commit; before the first, that of the first record that was read.
    start: Option<i64>,
}

#[derive(Debug)]
struct Input {
    offset: i64,
    /// Acknowledgements still missing, and one more while the input is being processed.
    open: u32,
}

impl Tracker {
    /// A tracker for the assignment numbered `epoch`.
    pub fn new(epoch: u64) -> Tracker {
        Tracker { epoch, ..Tracker::default() }
    }

    /// The number of the assignment; what belongs to an older one is void.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The assignment starts at the offset `next`: what lies before it counts as done.
    pub fn pin(&mut self, next: i64) {
        self.done = Some(next - 1);
    }

    /// A tracker for the assignment numbered `epoch` that goes on where this one committed last.
    #[must_use]
    pub fn rewound(&self, epoch: u64) -> Tracker {
        Tracker { epoch, start: self.start, ..Tracker::default() }
    }

    /// Where reading starts again when what was done since the last commit is taken back; none
    /// where nothing was read.
    pub fn start(&self) -> Option<i64> {
        self.start
    }

    /// What lies before the offset `next` was committed.
    pub fn commit(&mut self, next: i64) {
        self.start = Some(next);
    }

    /// The next offset, if it is not the one that was committed last.
    pub fn uncommitted(&self) -> Option<i64> {
        self.done.map(|done| done + 1).filter(|next| self.start != Some(*next))
    }

    /// Takes note that the record at `offset` was read. False where that is not behind what was
    /// read before: the log was cut or made anew, and needs a new tracker under a new epoch.
    pub fn read(&mut self, offset: i64) -> bool {
        let rises = self.read.is_none_or(|read| offset > read);
        self.read = Some(offset);
        self.start.get_or_insert(offset);
        rises
    }

    /// Opens the input at `offset`; offsets rise, with gaps where the log was compacted.
    pub fn begin(&mut self, offset: i64) {
        self.inputs.push_back(Input { offset, open: 1 });
    }

    /// One more acknowledgement is awaited for the input at `offset`.
    pub fn expect(&mut self, offset: i64) {
        if let Some(input) = self.find(offset) {
            input.open += 1;
        }
    }

    /// An acknowledgement for the input at `offset` arrived, or its processing ended.
    pub fn settle(&mut self, offset: i64) {
        if let Some(input) = self.find(offset) {
            input.open = input.open.saturating_sub(1);
        }
        while self.inputs.front().is_some_and(|input| input.open == 0) {
            self.done = self.inputs.pop_front().map(|input| input.offset);
        }
    }

    /// The last offset of the unbroken run of done inputs.
    pub fn done(&self) -> Option<i64> {
        self.done
    }

    /// Whether every input that was begun is done.
    pub fn idle(&self) -> bool {
        self.inputs.is_empty()
    }

    fn find(&mut self, offset: i64) -> Option<&mut Input> {
        let at = self.inputs.binary_search_by_key(&offset, |input| input.offset).ok()?;
        self.inputs.get_mut(at)
    }
}
