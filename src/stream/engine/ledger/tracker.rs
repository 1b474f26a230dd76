//! Which inputs of one partition are done, and so how far its offset may be committed.
//!
//! The ledger holds one tracker for each assigned partition and feeds it; a tracker knows offsets
//! only, neither topics nor Kafka.

use std::collections::VecDeque;
use std::time::Instant;

/// What an input counts until it is known how many records were made of it.
const UNFINISHED: i32 = i32::MAX / 2;

/// The inputs of one partition during one assignment, in offset order.
///
/// An input is done when its processing ended and every record made from it was acknowledged. Only
/// the unbroken run of done inputs at the front may be committed: a gap would lose a record.
#[derive(Debug, Default)]
pub struct Tracker {
    inputs: VecDeque<Input>,
    /// The number of the input at the front.
    first: u64,
    done: Option<i64>,
    /// The place behind the last commit; before the first, that of the first record that was read.
    start: Option<i64>,
}

/// An input that was begun.
#[derive(Debug)]
pub struct Input {
    /// Its offset.
    pub offset: i64,
    /// What it holds in memory: its own bytes, then those of the records made of it.
    pub bytes: usize,
    /// When it was read.
    pub since: Instant,
    /// Records made of it that are not acknowledged; acknowledgements may come before it is known
    /// how many there are.
    open: i32,
}

impl Tracker {
    /// The assignment starts at the offset `next`: what lies before it counts as done.
    pub fn pin(&mut self, next: i64) {
        self.done = Some(next - 1);
    }

    /// The record at `offset` was read: the first is where reading starts again.
    pub fn read(&mut self, offset: i64) {
        self.start.get_or_insert(offset);
    }

    /// A tracker that goes on where this one committed last.
    #[must_use]
    pub fn rewound(&self) -> Tracker {
        Tracker { start: self.start, ..Tracker::default() }
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

    /// Opens the input at `offset`, which was read at `since` and has so many `bytes`; returns its
    /// number. Offsets rise, with gaps where the log was compacted.
    pub fn begin(&mut self, offset: i64, bytes: usize, since: Instant) -> u64 {
        self.inputs.push_back(Input { offset, bytes, since, open: UNFINISHED });
        self.first + self.inputs.len() as u64 - 1
    }

    /// Processing of the input called `number` ended with so many `outputs` of so many `bytes`.
    /// Returns how many bytes became free, which is negative where the outputs are longer.
    pub fn finish(&mut self, number: u64, outputs: i32, bytes: usize) -> isize {
        let Some(input) = self.find(number) else { return 0 };
        let before = std::mem::replace(&mut input.bytes, bytes);
        input.open += outputs - UNFINISHED;
        before as isize - bytes as isize + self.close(number)
    }

    /// A record made of the input called `number` was acknowledged; returns how many bytes became
    /// free.
    pub fn acknowledge(&mut self, number: u64) -> isize {
        let Some(input) = self.find(number) else { return 0 };
        input.open -= 1;
        self.close(number)
    }

    /// How many inputs were processed and are not among the unbroken run.
    pub fn finished(&self) -> u64 {
        // What is unfinished counts so many outputs that none was ever so large.
        self.inputs.iter().filter(|input| input.open < UNFINISHED / 2).count() as u64
    }

    /// Forgets the inputs from `number` on: they were not processed, and will be begun again.
    pub fn cut(&mut self, number: u64) {
        self.inputs.truncate(number.saturating_sub(self.first) as usize);
    }

    /// The number of the first input that is not done.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The input called `number`, unless it is done.
    pub fn input(&self, number: u64) -> Option<&Input> {
        self.inputs.get(number.checked_sub(self.first)? as usize)
    }

    /// The last offset of the unbroken run of done inputs.
    pub fn done(&self) -> Option<i64> {
        self.done
    }

    /// Whether every input that was begun is done.
    pub fn idle(&self) -> bool {
        self.inputs.is_empty()
    }

    fn close(&mut self, number: u64) -> isize {
        let free = match self.find(number) {
            Some(input) if input.open == 0 => std::mem::take(&mut input.bytes),
            _ => return 0,
        };
        while self.inputs.front().is_some_and(|input| input.open == 0) {
            self.done = self.inputs.pop_front().map(|input| input.offset);
            self.first += 1;
        }
        free as isize
    }

    fn find(&mut self, number: u64) -> Option<&mut Input> {
        self.inputs.get_mut(number.checked_sub(self.first)? as usize)
    }
}
