//! The languages of schemas.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The language a schema is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SchemaType {
    /// Avro, the only one whose values are read and written here.
    #[default]
    Avro,
    /// JSON Schema.
    Json,
    /// Protocol Buffers.
    Protobuf,
}

impl SchemaType {
    /// All types, the default first.
    pub const ALL: [SchemaType; 3] = [SchemaType::Avro, SchemaType::Json, SchemaType::Protobuf];

    /// The word of the API, as `AVRO`.
    pub fn word(self) -> &'static str {
        match self {
            SchemaType::Avro => "AVRO",
            SchemaType::Json => "JSON",
            SchemaType::Protobuf => "PROTOBUF",
        }
    }

    /// The type that `word` names, in any case.
    pub fn from_word(word: &str) -> Option<SchemaType> {
        SchemaType::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for SchemaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
