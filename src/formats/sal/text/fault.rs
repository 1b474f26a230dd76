//! What is wrong with a message, small enough for the fast path; made into words only at its end.

/// Why an item cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Missing,
    TooMany,
    Junk,
    Boolean,
    Integer,
    Range32,
    Range64,
    Number,
    Time,
    Quotes,
    Utf8,
    Byte,
    Symbol,
}

/// Why, and from which byte of the items on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub why: Why,
    pub at: usize,
    /// Which value of an array it is, from 0.
    pub element: usize,
}

impl Fault {
    pub fn new(why: Why, at: usize) -> Fault {
        Fault { why, at, element: 0 }
    }

    #[must_use]
    pub fn of_element(self, element: usize) -> Fault {
        Fault { element, ..self }
    }
}

impl Why {
    /// The words after the value: `` `3.0` is not an integer``.
    pub fn words(self) -> &'static str {
        match self {
            Why::Missing => "is missing",
            Why::TooMany => "is one item too many",
            Why::Junk => "does not end where the item should",
            Why::Boolean => "is not a boolean (0, 1, false or true)",
            Why::Integer => "is not an integer",
            Why::Range32 => "is out of range for a 32-bit integer",
            Why::Range64 => "is out of range for a 64-bit integer",
            Why::Number => "is not a number",
            Why::Time => "is not a time in seconds since 1970",
            Why::Quotes => "is not text in single quotes",
            Why::Utf8 => "is not UTF-8 text",
            Why::Byte => "is not a byte (0 to 255)",
            Why::Symbol => "is not a symbol of the enumeration",
        }
    }
}
