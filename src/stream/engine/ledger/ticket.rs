//! What ties a record that was sent to the input it was made from: small enough to be the pointer
//! that librdkafka keeps with a message, so that sending allocates nothing for it.

const NUMBER_BITS: u32 = 39;
const LANE_BITS: u32 = 24;
const NUMBERS: u64 = (1 << NUMBER_BITS) - 1;
/// How many lanes can be told apart.
pub const LANES: u32 = 1 << LANE_BITS;

const _: () = assert!(usize::BITS == 64, "a ticket fits into the pointers of 64-bit systems only");

/// The lane of an input, the lower bits of its number there, and whether the record is a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

impl Ticket {
    pub fn new(lane: u32, number: u64, dead_letter: bool) -> Ticket {
        let lane = u64::from(lane % LANES) << NUMBER_BITS;
        Ticket(u64::from(dead_letter) << 63 | lane | number & NUMBERS)
    }

    pub fn from_word(word: usize) -> Ticket {
        Ticket(word as u64)
    }

    pub fn word(self) -> usize {
        self.0 as usize
    }

    pub fn lane(self) -> u32 {
        (self.0 >> NUMBER_BITS) as u32 % LANES
    }

    pub fn dead_letter(self) -> bool {
        self.0 >> 63 == 1
    }

    /// The whole number, where `first` is the first number that is still open.
    pub fn number(self, first: u64) -> u64 {
        first + ((self.0 & NUMBERS).wrapping_sub(first) & NUMBERS)
    }
}
