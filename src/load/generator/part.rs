//! What a compiled schema consists of.

use super::choice::Maker;
use super::signal::Signal;

/// The parts of a schema; they refer to each other by their places, for a schema may contain itself.
#[derive(Default)]
pub struct Plan {
    pub parts: Vec<Part>,
    /// The whole.
    pub root: usize,
    pub voices: Vec<Voice>,
    pub makers: Vec<Maker>,
}

/// How a number moves, and where it is now; one place for each item of an array.
#[derive(Debug, Clone)]
pub struct Voice {
    pub signal: Signal,
    pub states: Vec<f64>,
}

/// One part of a schema, and where its values come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Null,
    Boolean,
    /// A number, from the voice of this place.
    Number(Number, usize),
    /// The time of the record.
    Time(Clock),
    /// One of the words.
    Words,
    /// Always this text.
    Text(String),
    Uuid,
    /// Any bytes, at least so many and at most so many, with their count before them.
    Bytes(usize, usize),
    /// Just so many bytes.
    Fixed(usize),
    /// A decimal of at most so many digits, as a fixed of so many bytes or as bytes.
    Decimal(u32, Option<usize>),
    BigDecimal,
    /// One of so many symbols.
    Enum(usize),
    /// The branches, and which of them is null.
    Union(Vec<usize>, Option<usize>),
    /// The items, and how many there are where the schema tells.
    Array(usize, Option<usize>),
    Map(usize),
    Record(Vec<usize>),
    /// One of these, already written.
    Choice(Vec<Vec<u8>>),
    /// What the maker of this place makes.
    Made(usize),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Int,
    Long,
    Float,
    Double,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Days since 1970.
    Date,
    /// So many microseconds each, since midnight.
    OfDay(i64),
    /// So many microseconds each, since 1970.
    Since1970(i64),
    /// Nanoseconds since 1970.
    Nanoseconds,
}
