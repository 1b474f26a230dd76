//! A schema in the folder of a stack.

use serde::{Deserialize, Serialize};

use super::schema_text::{Reference, Stored};
use crate::formats::avro::{AvroError, Schema};

/// A schema with the text of all that it uses, which may be deleted where it was registered.
#[derive(Deserialize, Serialize)]
pub(super) struct Kept {
    schema: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<Reference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    uses: Vec<Text>,
}

#[derive(Deserialize, Serialize)]
struct Text {
    schema: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    uses: Vec<Text>,
}

impl From<Stored> for Kept {
    fn from(Stored { schema, references }: Stored) -> Kept {
        let Text { schema, uses } = Text::of(&schema);
        Kept { schema, references, uses }
    }
}

impl TryFrom<Kept> for Stored {
    type Error = AvroError;

    fn try_from(Kept { schema, references, uses }: Kept) -> Result<Stored, AvroError> {
        Ok(Stored { schema: Text { schema, uses }.read()?, references })
    }
}

impl Text {
    fn of(schema: &Schema) -> Text {
        let uses = schema.uses().iter().map(Text::of).collect();
        Text { schema: schema.text().to_owned(), uses }
    }

    fn read(&self) -> Result<Schema, AvroError> {
        let uses = self.uses.iter().map(Text::read).collect::<Result<Vec<_>, _>>()?;
        Schema::parse_with(&self.schema, &uses)
    }
}
