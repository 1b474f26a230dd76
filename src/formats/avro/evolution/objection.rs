//! One reason why data written with a schema cannot be read with another.

use std::fmt;

/// What is wrong, with the words of Avro's check in Java (`SchemaIncompatibilityType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The names of two types differ, and no alias of the reader helps.
    NameMismatch,
    /// A fixed has another size.
    FixedSizeMismatch,
    /// The writer has symbols that the reader lacks, and the reader's enum has no default.
    MissingEnumSymbols,
    /// The writer lacks a field for which the reader has no default.
    ReaderFieldMissingDefaultValue,
    /// The writer's type cannot be read as the reader's.
    TypeMismatch,
    /// No branch of the reader's union takes a type of the writer.
    MissingUnionBranch,
    /// A field of the reader means several of the writer, by its name and its aliases. Java's check
    /// has no word for it: it fails.
    ReaderFieldAmbiguous,
}

impl Kind {
    /// The word of the reason, as `TYPE_MISMATCH`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::NameMismatch => "NAME_MISMATCH",
            Kind::FixedSizeMismatch => "FIXED_SIZE_MISMATCH",
            Kind::MissingEnumSymbols => "MISSING_ENUM_SYMBOLS",
            Kind::ReaderFieldMissingDefaultValue => "READER_FIELD_MISSING_DEFAULT_VALUE",
            Kind::TypeMismatch => "TYPE_MISMATCH",
            Kind::MissingUnionBranch => "MISSING_UNION_BRANCH",
            Kind::ReaderFieldAmbiguous => "READER_FIELD_AMBIGUOUS",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// The new schema reads data of the old one.
    Backward,
    /// The old schema reads data of the new one.
    Forward,
}

/// A reason against a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// What is wrong.
    pub kind: Kind,
    /// Where, in the JSON of the schema that reads: `/fields/1/type`; `/` is the whole. Branches of
    /// a union are those of the schema that wrote.
    pub path: String,
    /// The field, type, size or symbols that are wrong, as Java's check words it.
    pub detail: String,
    pub(super) direction: Direction,
    /// The same as the path, with names: `outer.inner`, or empty.
    pub(super) place: String,
    pub(super) words: String,
}

impl Objection {
    /// A sentence without an end that calls the old schema `old` ("version 3").
    pub fn in_words(&self, old: &str) -> String {
        let Objection { place, words, .. } = self;
        let place = if place.is_empty() { String::new() } else { format!("field {place}: ") };
        match self.direction {
            Direction::Backward => {
                format!("the new schema cannot read data of {old}: {place}{words}")
            }
            Direction::Forward => {
                format!("{old} cannot read data of the new schema: {place}{words}")
            }
        }
    }
}
