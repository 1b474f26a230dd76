//! Schemas as requests bring them and as answers show them.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::body;
use super::kept::Kept;
use super::problem::Problem;
use super::store::Store;
use crate::formats::avro::{Schema, strict};

/// What a schema uses: a name, and where it is registered.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) version: u32,
}

/// A schema with what it uses.
#[derive(Clone, Deserialize, Serialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub(super) struct Stored {
    pub(super) schema: Schema,
    pub(super) references: Vec<Reference>,
}

/// A request with a schema; the id and the version are those that it had elsewhere.
pub(super) struct Draft {
    pub(super) stored: Stored,
    pub(super) id: Option<u32>,
    pub(super) version: Option<u32>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    schema: Option<String>,
    #[serde(rename = "schemaType")]
    kind: Option<String>,
    references: Option<Vec<Reference>>,
    id: Option<i64>,
    version: Option<i64>,
}

/// The Avro schema in the body of a request, with what it uses of `store`.
pub(super) fn read(store: &Store, body: &[u8]) -> Result<Draft, Problem> {
    let Body { schema, kind, references, id, version } = body::read(body)?;
    match kind.as_deref() {
        None | Some("AVRO") => {}
        Some(kind @ ("JSON" | "PROTOBUF")) => {
            let why = format!("the embedded registry holds Avro schemas only, not {kind}");
            return Err(Problem::unsupported(why));
        }
        Some(other) => return Err(Problem::bad_schema(format!("there is no type {other}"))),
    }
    let schema = schema.filter(|text| !text.trim().is_empty());
    let schema = schema.ok_or_else(|| Problem::bad_schema("it is empty"))?;
    let references = references.unwrap_or_default();
    let uses = references.iter().map(|used| used.find(store)).collect::<Result<Vec<_>, _>>()?;
    let schema = Schema::parse_with(&schema, &uses).map_err(Problem::bad_schema)?;
    strict(&schema).map_err(Problem::bad_schema)?;
    // Java's clients send -1 for none.
    let number =
        |number: Option<i64>| number.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
    let stored = Stored { schema, references };
    Ok(Draft { stored, id: number(id), version: number(version) })
}

impl Reference {
    fn find(&self, store: &Store) -> Result<Schema, Problem> {
        let versions = store.versions(&self.subject);
        let found = versions.listed(true).find(|version| version.number == self.version);
        let found = found.ok_or_else(|| {
            let Reference { name, subject, version } = self;
            Problem::bad_schema(format!(
                "no schema reference found for subject \"{subject}\" and version {version}, \
                 which is used as `{name}`"
            ))
        })?;
        Ok(store.schema(found.id)?.schema.clone())
    }
}

impl Stored {
    /// The text in answers: without white space between words.
    pub(super) fn text(&self) -> String {
        self.schema.json().to_string()
    }

    /// An answer with `fields` and the schema.
    pub(super) fn shown(&self, mut fields: Json) -> Json {
        fields["schema"] = self.text().into();
        if !self.references.is_empty() {
            fields["references"] = json!(self.references);
        }
        fields
    }

    /// Equal for schemas that share an id: the same JSON, whatever its white space and order of
    /// keys, that uses the same. Schemas that differ only in documentation are different.
    pub(super) fn identity(&self) -> String {
        let mut json = self.schema.json().clone();
        json.sort_all_objects();
        match self.references.as_slice() {
            [] => json.to_string(),
            references => format!("{json} {}", json!(references)),
        }
    }
}
