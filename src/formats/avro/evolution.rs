//! Whether a schema may follow earlier ones: the compatibility levels of schema registries.

use std::fmt;

use apache_avro::error::CompatibilityError;
use apache_avro::schema::Schema as Node;
use apache_avro::schema_compatibility::{Compatibility, SchemaCompatibility};

use super::schema::Schema;

/// Which schemas must be able to read which data (Confluent's compatibility types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Anything goes.
    None,
    /// The new schema reads data of the last one.
    Backward,
    /// The new schema reads data of all earlier ones.
    BackwardTransitive,
    /// The last schema reads data of the new one.
    Forward,
    /// All earlier schemas read data of the new one.
    ForwardTransitive,
    /// Both directions with the last schema.
    Full,
    /// Both directions with all earlier schemas.
    FullTransitive,
}

impl Level {
    /// All levels, from the loosest on.
    pub const ALL: [Level; 7] = [
        Level::None,
        Level::Backward,
        Level::BackwardTransitive,
        Level::Forward,
        Level::ForwardTransitive,
        Level::Full,
        Level::FullTransitive,
    ];

    /// The word of the level, as `BACKWARD`.
    pub fn word(self) -> &'static str {
        match self {
            Level::None => "NONE",
            Level::Backward => "BACKWARD",
            Level::BackwardTransitive => "BACKWARD_TRANSITIVE",
            Level::Forward => "FORWARD",
            Level::ForwardTransitive => "FORWARD_TRANSITIVE",
            Level::Full => "FULL",
            Level::FullTransitive => "FULL_TRANSITIVE",
        }
    }

    /// The level that `word` names, in any case.
    pub fn from_word(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word().eq_ignore_ascii_case(word))
    }

    /// Whether the level looks at all earlier schemas, not only at the last one.
    pub fn is_transitive(self) -> bool {
        matches!(self, Level::BackwardTransitive | Level::ForwardTransitive | Level::FullTransitive)
    }

    fn is_backward(self) -> bool {
        !matches!(self, Level::None | Level::Forward | Level::ForwardTransitive)
    }

    fn is_forward(self) -> bool {
        !matches!(self, Level::None | Level::Backward | Level::BackwardTransitive)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why `new` may not follow `old`, which messages call `name` ("version 3"); empty if it may.
pub fn objections(level: Level, new: &Schema, old: &Schema, name: &str) -> Vec<String> {
    let mut reasons = Vec::new();
    if level.is_backward()
        && let Some(why) = cannot_read(new.node(), old.node())
    {
        reasons.push(format!("the new schema cannot read data of {name}: {why}"));
    }
    if level.is_forward()
        && let Some(why) = cannot_read(old.node(), new.node())
    {
        reasons.push(format!("{name} cannot read data of the new schema: {why}"));
    }
    reasons
}

fn cannot_read(reader: &Node, writer: &Node) -> Option<String> {
    match SchemaCompatibility::can_read(writer, reader) {
        Ok(Compatibility::Full) => None,
        // Some data can be read, but not all: Avro's own check calls this incompatible.
        Ok(Compatibility::Partial) => Some(match partial_field(reader, writer) {
            Some(field) => format!("field {field}: {PARTIAL}"),
            None => PARTIAL.to_owned(),
        }),
        Err(error) => Some(in_words(&error)),
    }
}

const PARTIAL: &str = "the reader lacks a symbol or a branch that the writer has";

fn partial_field<'a>(reader: &'a Node, writer: &Node) -> Option<&'a str> {
    let (Node::Record(reader), Node::Record(writer)) = (reader, writer) else { return None };
    let partial = |a: &Node, b: &Node| {
        matches!(SchemaCompatibility::can_read(a, b), Ok(Compatibility::Partial))
    };
    let mut fields = reader.fields.iter();
    let found = fields.find(|field| {
        let old = writer.fields.iter().find(|old| old.name == field.name);
        old.is_some_and(|old| partial(&old.schema, &field.schema))
    });
    found.map(|field| field.name.as_str())
}

fn in_words(error: &CompatibilityError) -> String {
    match error {
        CompatibilityError::FieldTypeMismatch(field, inner) => {
            format!("field {field}: {}", in_words(inner))
        }
        CompatibilityError::MissingDefaultValue(field) => {
            format!("field {field}: the writer lacks it and the reader has no default")
        }
        CompatibilityError::WrongType { writer_schema_type, reader_schema_type } => {
            let (writer, reader) = (kind(writer_schema_type), kind(reader_schema_type));
            format!("the writer has {writer}, the reader {reader}")
        }
        CompatibilityError::NameMismatch { writer_name, reader_name } => {
            format!("the writer's name is {writer_name}, the reader's {reader_name}")
        }
        CompatibilityError::MissingSymbols => {
            "the reader has none of the writer's symbols".to_owned()
        }
        CompatibilityError::MissingUnionElements
        | CompatibilityError::SchemaMismatchAllUnionElements => {
            "no branch of the union fits".to_owned()
        }
        CompatibilityError::FixedMismatch => "the sizes differ".to_owned(),
        other => other.to_string(),
    }
}

/// The word at the start of the codec's description of a schema.
fn kind(description: &str) -> String {
    description.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}
